// Deletes the Content nodes that no artifact has any more; their bytes stay until unused content is collected.
// $digests: sorted. Columns: sha256 of each deleted.
UNWIND $digests AS sha256
MATCH (c:Content {sha256: sha256})
SET c.store = c.store
WITH c, sha256
WHERE NOT EXISTS { MATCH (c)<-[:HAS_CONTENT]-() }
DELETE c
RETURN sha256
