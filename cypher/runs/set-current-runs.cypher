// Makes a run the current one of its story, in the place of the run before. The stories' locks are held.
// $rows: [{storyId, runId}], one for each story.
UNWIND $rows AS row
MATCH (story:Story {id: row.storyId})
OPTIONAL MATCH (story)-[before:CURRENT_RUN]->()
DELETE before
WITH DISTINCT story, row
MATCH (run:Run {id: row.runId})
CREATE (story)-[:CURRENT_RUN]->(run)
