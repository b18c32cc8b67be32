// Creates imported artifacts, joined to the step that made them and to their content, where there are such.
// $rows, as columns: the properties and stepId; times in milliseconds since 1970 UTC, payload and metadata as stored
// text.
UNWIND range(0, size($rows.id) - 1) AS n
CREATE (a:Artifact {
  id: $rows.id[n], type: $rows.type[n], lifecycleState: $rows.lifecycleState[n], contentHash: $rows.contentHash[n],
  path: $rows.path[n], url: $rows.url[n], payload: $rows.payload[n], payloadFormat: $rows.payloadFormat[n],
  metadata: $rows.metadata[n], mimeType: $rows.mimeType[n], sizeBytes: $rows.sizeBytes[n],
  description: $rows.description[n], safetyScore: toFloat($rows.safetyScore[n]),
  createdByAgent: $rows.createdByAgent[n], generation: $rows.generation[n],
  createdAt: datetime({epochMillis: $rows.createdAt[n]}), storedAt: datetime({epochMillis: $rows.storedAt[n]})
})
WITH a, n
OPTIONAL MATCH (step:Step {id: $rows.stepId[n]})
OPTIONAL MATCH (content:Content {sha256: $rows.contentHash[n]})
FOREACH (s IN CASE WHEN step IS NULL THEN [] ELSE [step] END | CREATE (a)-[:CREATED_BY]->(s))
FOREACH (c IN CASE WHEN content IS NULL THEN [] ELSE [content] END | CREATE (a)-[:HAS_CONTENT]->(c))
