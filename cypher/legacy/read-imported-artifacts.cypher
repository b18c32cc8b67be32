// Imported artifacts as they are now, to be held against their old rows.
// $ids. Columns: id, type, contentHash, payload, path, url, createdAt (milliseconds), content (digest of the bytes that
// it has, or null).
UNWIND $ids AS id
MATCH (a:Artifact {id: id})
RETURN a.id AS id, a.type AS type, a.contentHash AS contentHash, a.payload AS payload, a.path AS path, a.url AS url,
  a.createdAt.epochMillis AS createdAt, head([(a)-[:HAS_CONTENT]->(c) | c.sha256]) AS content
