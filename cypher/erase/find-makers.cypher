// Steps that made nothing but these artifacts, and runs of no story that have no other steps. $artifactIds.
// Columns: stepIds, runIds.
UNWIND $artifactIds AS id
MATCH (:Artifact {id: id})-[:CREATED_BY]->(p:Step)
WITH DISTINCT p
WHERE NOT EXISTS { MATCH (p)<-[:CREATED_BY]-(other:Artifact) WHERE NOT other.id IN $artifactIds }
WITH collect(p) AS steps
CALL (steps) {
  UNWIND steps AS step
  MATCH (step)-[:STEP_OF]->(r:Run)
  WITH DISTINCT r, steps
  WHERE NOT EXISTS { MATCH (r)-[:RUN_OF]->() } AND NOT EXISTS { MATCH (r)<-[:STEP_OF]-(other:Step) WHERE NOT other IN steps }
  RETURN collect(r.id) AS runIds
}
RETURN [p IN steps | p.id] AS stepIds, runIds
