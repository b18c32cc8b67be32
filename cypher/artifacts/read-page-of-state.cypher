// As read-page.cypher, of one state. The state leads the order so that the index gives the rows in order.
// $state, $beforeAt, $afterId, $offset, $limit. Columns: artifact (a list, artifact-columns.ts).
MATCH (a:Artifact)
USING INDEX a:Artifact(lifecycleState, createdAt)
WHERE a.lifecycleState = $state AND a.createdAt <= datetime({epochMillis: $beforeAt})
  AND NOT (a.createdAt = datetime({epochMillis: $beforeAt}) AND a.id <= $afterId)
WITH a ORDER BY a.lifecycleState DESC, a.createdAt DESC, a.id SKIP $offset LIMIT $limit
RETURN [a.id, a.type, a.lifecycleState, a.contentHash, a.path, a.url, a.payload, a.payloadFormat, a.metadata,
    a.mimeType, a.sizeBytes, a.description, a.safetyScore, a.createdByAgent,
    head([(a)-[:CREATED_BY]->(step) | step.id]), a.externalId, a.generation,
    a.createdAt.epochMillis, a.storedAt.epochMillis] AS artifact
