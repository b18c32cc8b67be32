// Deletes the Content nodes of bytes that were removed. The transaction has their locks and a maintenance grant.
// $digests
UNWIND $digests AS sha256
MATCH (c:Content {sha256: sha256})
WHERE NOT EXISTS { MATCH (c)<-[:HAS_CONTENT]-() }
DELETE c
