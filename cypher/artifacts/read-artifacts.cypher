// Artifacts by id: one index seek each. Ids that do not exist give no row.
// $ids. Columns: artifact (a list, artifact-columns.ts).
UNWIND $ids AS id
MATCH (a:Artifact {id: id})
WITH a, properties(a) AS p
RETURN [p.id, p.type, p.lifecycleState, p.contentHash, p.path, p.url, p.payload, p.payloadFormat, p.metadata,
    p.mimeType, p.sizeBytes, p.description, p.safetyScore, p.createdByAgent,
    head([(a)-[:CREATED_BY]->(step) | step.id]), p.externalId, p.generation,
    p.createdAt.epochMillis, p.storedAt.epochMillis] AS artifact
