// Creates imported steps of runs that exist.
// $rows: [{id, runId, name, order, status, input, output, error, createdAt, completedAt}]; times in milliseconds
// since 1970 UTC, input and output as stored JSON.
UNWIND $rows AS row
MATCH (run:Run {id: row.runId})
CREATE (:Step {
  id: row.id, name: row.name, order: row.order, status: row.status, input: row.input, output: row.output,
  error: row.error, createdAt: datetime({epochMillis: row.createdAt}), completedAt: CASE WHEN row.completedAt IS NOT NULL THEN datetime({epochMillis: row.completedAt}) END
})-[:STEP_OF]->(run)
