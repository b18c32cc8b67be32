// Creates artifacts, each with the audit event that tells of it. Absent facts are null and become absent properties.
// $artifacts, as columns: the properties and the actor; times in milliseconds since 1970 UTC; payload and metadata as
// stored text.
UNWIND range(0, size($artifacts.id) - 1) AS n
CREATE (a:Artifact {
  id: $artifacts.id[n], type: $artifacts.type[n], lifecycleState: $artifacts.lifecycleState[n],
  contentHash: $artifacts.contentHash[n], path: $artifacts.path[n], url: $artifacts.url[n],
  payload: $artifacts.payload[n], payloadFormat: $artifacts.payloadFormat[n], metadata: $artifacts.metadata[n],
  mimeType: $artifacts.mimeType[n], sizeBytes: $artifacts.sizeBytes[n], description: $artifacts.description[n],
  safetyScore: toFloat($artifacts.safetyScore[n]), createdByAgent: $artifacts.createdByAgent[n],
  externalId: $artifacts.externalId[n], generation: $artifacts.generation[n],
  createdAt: datetime({epochMillis: $artifacts.createdAt[n]}),
  storedAt: datetime({epochMillis: $artifacts.storedAt[n]})
})
CREATE (:AuditEvent {
  at: a.createdAt, actor: $artifacts.actor[n], action: 'artifact.registered', nodeLabel: 'Artifact', nodeId: a.id,
  after: a.lifecycleState
})
