// Records content that the store holds, once for each digest.
// $contents: [{sha256, sizeBytes, mimeType, store, storedAt}]; storedAt in milliseconds since 1970 UTC.
UNWIND $contents AS row
MERGE (c:Content {sha256: row.sha256})
ON CREATE SET c.sizeBytes = row.sizeBytes, c.mimeType = row.mimeType, c.store = row.store,
  c.storedAt = datetime({epochMillis: row.storedAt})
