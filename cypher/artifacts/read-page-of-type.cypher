// As read-page.cypher, of one type. The type leads the order so that the index gives the rows in order.
// $type, $beforeAt, $afterId, $offset, $limit. Columns: artifact.
MATCH (a:Artifact)
USING INDEX a:Artifact(type, createdAt)
WHERE a.type = $type AND a.createdAt <= datetime({epochMillis: $beforeAt})
  AND NOT (a.createdAt = datetime({epochMillis: $beforeAt}) AND a.id <= $afterId)
WITH a ORDER BY a.type DESC, a.createdAt DESC, a.id SKIP $offset LIMIT $limit
RETURN a {.*, createdAt: a.createdAt.epochMillis, storedAt: a.storedAt.epochMillis,
  createdByStepId: head([(a)-[:CREATED_BY]->(step) | step.id])} AS artifact
