// Creates artifacts. Absent facts are null and become absent properties.
// $artifacts: rows of properties; times in milliseconds since 1970 UTC; payload and metadata as stored text.
UNWIND $artifacts AS row
CREATE (a:Artifact {
  id: row.id, type: row.type, lifecycleState: row.lifecycleState, contentHash: row.contentHash, path: row.path, url: row.url,
  payload: row.payload, payloadFormat: row.payloadFormat, metadata: row.metadata, mimeType: row.mimeType,
  sizeBytes: row.sizeBytes, description: row.description, safetyScore: toFloat(row.safetyScore),
  createdByAgent: row.createdByAgent, externalId: row.externalId, generation: row.generation,
  createdAt: datetime({epochMillis: row.createdAt}), storedAt: datetime({epochMillis: row.storedAt})
})
