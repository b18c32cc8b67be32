// What artifacts were made from, and what was made from them, however far. $artifactIds.
// Columns: id, isSource; each once, without those asked for.
UNWIND $artifactIds AS asked
MATCH (a:Artifact {id: asked})
CALL (a) {
  MATCH (a)-[:DERIVED_FROM|VARIANT_OF|TRANSCODED_FROM*1..1000]->(x)
  RETURN DISTINCT x, true AS isSource
  UNION
  MATCH (a)<-[:DERIVED_FROM|VARIANT_OF|TRANSCODED_FROM*1..1000]-(x)
  RETURN DISTINCT x, false AS isSource
}
WITH x, max(isSource) AS isSource
WHERE NOT x.id IN $artifactIds
RETURN x.id AS id, isSource
