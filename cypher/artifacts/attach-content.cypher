// Joins artifacts to their content where it is recorded; what is doomed is left, and told.
// $rows: [{artifactId, sha256}], sorted by digest. Columns: artifactId, sha256 (of doomed content).
UNWIND $rows AS row
MATCH (a:Artifact {id: row.artifactId})
MATCH (c:Content {sha256: row.sha256})
SET c.sha256 = c.sha256
FOREACH (_ IN CASE WHEN c.doomedAt IS NULL AND c.sha256 IS NOT NULL THEN [1] ELSE [] END | CREATE (a)-[:HAS_CONTENT]->(c))
WITH a, c
WHERE c.doomedAt IS NOT NULL
RETURN a.id AS artifactId, c.sha256 AS sha256
