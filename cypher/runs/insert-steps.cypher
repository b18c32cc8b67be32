// Creates steps of runs, with the artifacts that they use. Runs and artifacts exist, their locks are held.
// $steps: [{id, runId, name, order, input, status, model, promptHash, createdAt, startedAt, uses}]; times in
// milliseconds since 1970 UTC, input as stored JSON.
UNWIND $steps AS row
MATCH (run:Run {id: row.runId})
CREATE (step:Step {
  id: row.id, name: row.name, order: row.order, input: row.input, status: row.status, model: row.model,
  promptHash: row.promptHash, createdAt: datetime({epochMillis: row.createdAt}),
  startedAt: datetime({epochMillis: row.startedAt})
})-[:STEP_OF]->(run)
WITH step, row
UNWIND row.uses AS used
MATCH (a:Artifact {id: used})
CREATE (step)-[:USED]->(a)
