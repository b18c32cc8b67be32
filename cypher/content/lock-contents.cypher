// Locks the Content node of each digest, making it where there is none, so that no artifact can come to refer to it
// before this transaction ends; then tells which are referred to.
// $digests: sorted; $now in milliseconds since 1970 UTC. Columns: sha256, referenced.
UNWIND $digests AS sha256
MERGE (c:Content {sha256: sha256})
  ON CREATE SET c.sizeBytes = 0, c.mimeType = 'application/octet-stream', c.storedAt = datetime({epochMillis: $now})
SET c.sizeBytes = c.sizeBytes
WITH c, sha256
RETURN sha256,
  EXISTS { MATCH (c)<-[:HAS_CONTENT]-() } OR EXISTS { MATCH (:Artifact {contentHash: sha256}) } AS referenced
