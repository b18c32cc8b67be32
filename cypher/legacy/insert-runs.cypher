// Creates imported runs, with their story where they have one.
// $rows: [{id, workflowType, status, sessionId, summary, createdAt, startedAt, completedAt, storyId, isCurrent}];
// times in milliseconds since 1970 UTC, summary as stored JSON.
UNWIND $rows AS row
CREATE (run:Run {
  id: row.id, workflowType: row.workflowType, status: row.status, sessionId: row.sessionId, summary: row.summary,
  createdAt: datetime({epochMillis: row.createdAt}), startedAt: CASE WHEN row.startedAt IS NOT NULL THEN datetime({epochMillis: row.startedAt}) END,
  completedAt: CASE WHEN row.completedAt IS NOT NULL THEN datetime({epochMillis: row.completedAt}) END
})
WITH run, row
MATCH (story:Story {id: row.storyId})
CREATE (run)-[:RUN_OF]->(story)
FOREACH (_ IN CASE WHEN row.isCurrent THEN [1] ELSE [] END | CREATE (story)-[:CURRENT_RUN]->(run))
