// Creates runs, joins each to its story, and makes one of them the story's current run. The stories' locks are held.
// $runs: [{id, workflowType, status, storyId, sessionId, externalId, createdAt, current}]; createdAt in milliseconds
// since 1970 UTC; current is true for at most one run of each story, and for none without a story.
UNWIND $runs AS row
CREATE (run:Run {
  id: row.id, workflowType: row.workflowType, status: row.status, sessionId: row.sessionId,
  externalId: row.externalId, createdAt: datetime({epochMillis: row.createdAt})
})
WITH run, row
MATCH (story:Story {id: row.storyId})
CREATE (run)-[:RUN_OF]->(story)
WITH run, row, story
WHERE row.current
OPTIONAL MATCH (story)-[before:CURRENT_RUN]->()
DELETE before
CREATE (story)-[:CURRENT_RUN]->(run)
