// One page of all artifacts, newest first, ties by id. The page starts behind ($beforeAt ms, $afterId).
// $beforeAt, $afterId, $offset, $limit. Columns: artifact (a list, artifact-columns.ts).
MATCH (a:Artifact)
USING INDEX a:Artifact(createdAt)
WHERE a.createdAt <= datetime({epochMillis: $beforeAt})
  AND NOT (a.createdAt = datetime({epochMillis: $beforeAt}) AND a.id <= $afterId)
WITH a ORDER BY a.createdAt DESC, a.id SKIP $offset LIMIT $limit
RETURN [a.id, a.type, a.lifecycleState, a.contentHash, a.path, a.url, a.payload, a.payloadFormat, a.metadata,
    a.mimeType, a.sizeBytes, a.description, a.safetyScore, a.createdByAgent,
    head([(a)-[:CREATED_BY]->(step) | step.id]), a.externalId, a.generation,
    a.createdAt.epochMillis, a.storedAt.epochMillis] AS artifact
