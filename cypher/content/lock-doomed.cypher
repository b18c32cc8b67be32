// Locks contents, then tells those that are still doomed since a time or before, and whether an artifact has come to
// refer to them. $digests: sorted; $until in milliseconds since 1970 UTC. Columns: sha256, referenced.
UNWIND $digests AS sha256
MATCH (c:Content {sha256: sha256})
SET c.sha256 = c.sha256
WITH c, sha256
WHERE c.doomedAt <= datetime({epochMillis: $until})
RETURN sha256,
  EXISTS { MATCH (c)<-[:HAS_CONTENT]-() } OR EXISTS { MATCH (:Artifact {contentHash: sha256}) } AS referenced
