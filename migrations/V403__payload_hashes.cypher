// Artifacts that were recorded before inline payloads had a hash get it: the SHA-256 of the payload's text, which is a
// string as it came or canonical JSON. Goes on where it was interrupted.
MATCH (a:Artifact)
WHERE a.payload IS NOT NULL AND a.contentHash IS NULL
CALL (a) {
  SET a.contentHash = apoc.util.sha256([a.payload])
} IN TRANSACTIONS OF 1000 ROWS;
