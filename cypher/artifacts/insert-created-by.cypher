// Joins new artifacts to the step that made them.
// $rows: [{artifactId, stepId}]
UNWIND $rows AS row
MATCH (a:Artifact {id: row.artifactId})
MATCH (s:Step {id: row.stepId})
CREATE (a)-[:CREATED_BY]->(s)
