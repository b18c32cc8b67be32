// One page of all artifacts, newest first, ties by id. The page starts behind ($beforeAt ms, $afterId).
// $beforeAt, $afterId, $offset, $limit. Columns: artifact (a list, artifact-columns.ts).
MATCH (a:Artifact)
USING INDEX a:Artifact(createdAt)
WHERE a.createdAt <= datetime({epochMillis: $beforeAt})
  AND CASE a.createdAt WHEN datetime({epochMillis: $beforeAt}) THEN a.id > $afterId ELSE true END
WITH a ORDER BY a.createdAt DESC, a.id SKIP $offset LIMIT $limit
WITH a, properties(a) AS p
RETURN [p.id, p.type, p.lifecycleState, p.contentHash, p.path, p.url, p.payload, p.payloadFormat, p.metadata,
    p.mimeType, p.sizeBytes, p.description, p.safetyScore, p.createdByAgent,
    head([(a)-[:CREATED_BY]->(step) | step.id]), p.externalId, p.generation,
    p.createdAt.epochMillis, p.storedAt.epochMillis] AS artifact
