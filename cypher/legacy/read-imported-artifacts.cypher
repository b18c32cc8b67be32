// Imported artifacts as they are now, to be held against their old rows.
// $ids. Columns: artifact, content (digest of the bytes that it has, or null).
UNWIND $ids AS id
MATCH (a:Artifact {id: id})
RETURN @artifact(a) AS artifact, head([(a)-[:HAS_CONTENT]->(c) | c.sha256]) AS content
