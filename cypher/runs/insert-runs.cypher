// Creates runs, joins each to its story, and makes it the story's current run. The stories' locks are held.
// $runs: [{id, workflowType, status, storyId, sessionId, externalId, createdAt}]; createdAt in milliseconds since 1970 UTC.
UNWIND $runs AS row
CREATE (run:Run {
  id: row.id, workflowType: row.workflowType, status: row.status, sessionId: row.sessionId,
  externalId: row.externalId, createdAt: datetime({epochMillis: row.createdAt})
})
WITH run, row
MATCH (story:Story {id: row.storyId})
CREATE (run)-[:RUN_OF]->(story)
WITH run, story
OPTIONAL MATCH (story)-[current:CURRENT_RUN]->()
DELETE current
CREATE (story)-[:CURRENT_RUN]->(run)
