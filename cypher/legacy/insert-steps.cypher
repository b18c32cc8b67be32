// Creates imported steps of runs that exist.
// $rows, as columns: {id, runId, name, order, status, input, output, error, createdAt, completedAt}; times in
// milliseconds since 1970 UTC, input and output as stored JSON.
UNWIND range(0, size($rows.id) - 1) AS n
MATCH (run:Run {id: $rows.runId[n]})
CREATE (:Step {
  id: $rows.id[n], name: $rows.name[n], order: $rows.order[n], status: $rows.status[n], input: $rows.input[n],
  output: $rows.output[n], error: $rows.error[n], createdAt: datetime({epochMillis: $rows.createdAt[n]}),
  completedAt: CASE WHEN $rows.completedAt[n] IS NOT NULL THEN datetime({epochMillis: $rows.completedAt[n]}) END
})-[:STEP_OF]->(run)
