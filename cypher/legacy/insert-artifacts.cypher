// Creates imported artifacts, joined to the step that made them and to their content, where there are such.
// $rows: rows of properties with stepId; times in milliseconds since 1970 UTC, payload and metadata as stored text.
UNWIND $rows AS row
CREATE (a:Artifact {
  id: row.id, type: row.type, lifecycleState: row.lifecycleState, contentHash: row.contentHash, path: row.path, url: row.url,
  payload: row.payload, payloadFormat: row.payloadFormat, metadata: row.metadata, mimeType: row.mimeType,
  sizeBytes: row.sizeBytes, description: row.description, safetyScore: toFloat(row.safetyScore),
  createdByAgent: row.createdByAgent, generation: row.generation,
  createdAt: datetime({epochMillis: row.createdAt}), storedAt: datetime({epochMillis: row.storedAt})
})
WITH a, row
OPTIONAL MATCH (step:Step {id: row.stepId})
OPTIONAL MATCH (content:Content {sha256: row.contentHash})
FOREACH (s IN CASE WHEN step IS NULL THEN [] ELSE [step] END | CREATE (a)-[:CREATED_BY]->(s))
FOREACH (c IN CASE WHEN content IS NULL THEN [] ELSE [content] END | CREATE (a)-[:HAS_CONTENT]->(c))
