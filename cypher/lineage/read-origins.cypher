// The steps that made some artifacts, with their runs and inputs.
// $artifactIds. Columns: step {id, name, model, startedAt, completedAt (milliseconds since 1970 UTC or null)},
//   run {id, workflowType} or null, made (artifact ids among those asked for), used (artifact ids among those asked for).
MATCH (a:Artifact) WHERE a.id IN $artifactIds
MATCH (a)-[:CREATED_BY]->(step:Step)
WITH step, collect(a.id) AS made
RETURN step {.id, .name, .model, startedAt: step.startedAt.epochMillis, completedAt: step.completedAt.epochMillis} AS step,
  head([(step)-[:STEP_OF]->(run:Run) | run {.id, .workflowType}]) AS run, made,
  [(step)-[:USED]->(used:Artifact) WHERE used.id IN $artifactIds | used.id] AS used
ORDER BY step.createdAt, step.id
