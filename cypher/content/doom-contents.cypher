// Dooms stored bytes that no artifact refers to, making their Content node where there is none. What is doomed already
// stays doomed since then. $objects: [{sha256, sizeBytes, storedAt}], sorted; $store: s3 or disk; $now and storedAt in
// milliseconds since 1970 UTC. Columns: sha256 of those doomed now.
UNWIND $objects AS object
MERGE (c:Content {sha256: object.sha256})
ON CREATE SET c.sizeBytes = object.sizeBytes, c.storedAt = datetime({epochMillis: object.storedAt}), c.store = $store,
  c.doomedAt = datetime({epochMillis: $now})
SET c.sha256 = c.sha256
WITH c
WHERE c.sha256 IS NOT NULL AND NOT EXISTS { MATCH (c)<-[:HAS_CONTENT]-() } AND NOT EXISTS { MATCH (:Artifact {contentHash: c.sha256}) }
SET c.doomedAt = coalesce(c.doomedAt, datetime({epochMillis: $now}))
RETURN c.sha256 AS sha256
