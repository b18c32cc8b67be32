// Artifacts by id: one index seek each. Ids that do not exist give no row.
// $ids. Columns: artifact (a list, artifact-columns.ts).
UNWIND $ids AS id
MATCH (a:Artifact {id: id})
RETURN [a.id, a.type, a.lifecycleState, a.contentHash, a.path, a.url, a.payload, a.payloadFormat, a.metadata,
    a.mimeType, a.sizeBytes, a.description, a.safetyScore, a.createdByAgent,
    head([(a)-[:CREATED_BY]->(step) | step.id]), a.externalId, a.generation,
    a.createdAt.epochMillis, a.storedAt.epochMillis] AS artifact
