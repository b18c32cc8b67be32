// Joins new artifacts to their content, where the store has it.
// $rows: [{artifactId, sha256}]
UNWIND $rows AS row
MATCH (a:Artifact {id: row.artifactId})
MATCH (c:Content {sha256: row.sha256})
CREATE (a)-[:HAS_CONTENT]->(c)
