// Records content that the store holds, once for each digest.
// $contents, as columns: {sha256, sizeBytes, mimeType, store, storedAt}; storedAt in milliseconds since 1970 UTC.
UNWIND range(0, size($contents.sha256) - 1) AS n
MERGE (c:Content {sha256: $contents.sha256[n]})
ON CREATE SET c.sizeBytes = $contents.sizeBytes[n], c.mimeType = $contents.mimeType[n], c.store = $contents.store[n],
  c.storedAt = datetime({epochMillis: $contents.storedAt[n]})
