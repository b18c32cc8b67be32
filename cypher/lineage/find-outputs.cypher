// What came out of a step, or out of a run: made by its steps or recorded in it.
// $stepId, $runId: either may be null. Columns: stepExists, runExists, artifactIds (may repeat).
OPTIONAL MATCH (step:Step {id: $stepId})
OPTIONAL MATCH (run:Run {id: $runId})
RETURN step IS NOT NULL AS stepExists, run IS NOT NULL AS runExists,
  [(step)<-[:CREATED_BY]-(a:Artifact) | a.id]
  + [(run)<-[:STEP_OF]-()<-[:CREATED_BY]-(a:Artifact) | a.id]
  + [(run)-[:RECORDED]->(a:Artifact) | a.id] AS artifactIds
