// Creates imported runs, with their story where they have one.
// $rows, as columns: {id, workflowType, status, sessionId, summary, createdAt, startedAt, completedAt, storyId,
// isCurrent}; times in milliseconds since 1970 UTC, summary as stored JSON.
UNWIND range(0, size($rows.id) - 1) AS n
CREATE (run:Run {
  id: $rows.id[n], workflowType: $rows.workflowType[n], status: $rows.status[n], sessionId: $rows.sessionId[n],
  summary: $rows.summary[n], createdAt: datetime({epochMillis: $rows.createdAt[n]}),
  startedAt: CASE WHEN $rows.startedAt[n] IS NOT NULL THEN datetime({epochMillis: $rows.startedAt[n]}) END,
  completedAt: CASE WHEN $rows.completedAt[n] IS NOT NULL THEN datetime({epochMillis: $rows.completedAt[n]}) END
})
WITH run, n
MATCH (story:Story {id: $rows.storyId[n]})
CREATE (run)-[:RUN_OF]->(story)
FOREACH (_ IN CASE WHEN $rows.isCurrent[n] THEN [1] ELSE [] END | CREATE (story)-[:CURRENT_RUN]->(run))
