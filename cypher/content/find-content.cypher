// The content of one artifact; no content columns where the artifact has none.
// $artifactId. Columns: path, mimeType, textMetadata (of a text, else null), content {sha256, sizeBytes, mimeType} or null; no row for an unknown artifact.
MATCH (a:Artifact {id: $artifactId})
OPTIONAL MATCH (a)-[:HAS_CONTENT]->(c:Content)
RETURN a.path AS path, a.mimeType AS mimeType,
  CASE WHEN coalesce(a.mimeType, c.mimeType) STARTS WITH 'text/' THEN a.metadata END AS textMetadata,
  c {.sha256, .sizeBytes, .mimeType} AS content
