// One page of all artifacts, newest first, ties by id. The page starts behind ($beforeAt ms, $afterId).
// $beforeAt, $afterId, $offset, $limit. Columns: artifact.
MATCH (a:Artifact)
USING INDEX a:Artifact(createdAt)
WHERE a.createdAt <= datetime({epochMillis: $beforeAt})
  AND NOT (a.createdAt = datetime({epochMillis: $beforeAt}) AND a.id <= $afterId)
WITH a ORDER BY a.createdAt DESC, a.id SKIP $offset LIMIT $limit
RETURN a {.*, createdAt: a.createdAt.epochMillis, storedAt: a.storedAt.epochMillis,
  createdByStepId: head([(a)-[:CREATED_BY]->(step) | step.id])} AS artifact
