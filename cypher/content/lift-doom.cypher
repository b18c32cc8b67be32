// Takes back that content is doomed. The caller has its lock and has seen its bytes.
// $digests
UNWIND $digests AS sha256
MATCH (c:Content {sha256: sha256})
SET c.mimeType = coalesce(c.mimeType, 'application/octet-stream')
REMOVE c.doomedAt
