// As read-page.cypher, of one type and state, which lead the order so that the index gives the rows in order.
// $type, $state, $beforeAt, $afterId, $offset, $limit. Columns: artifact, place.
MATCH (a:Artifact)
USING INDEX a:Artifact(type, lifecycleState, createdAt)
WHERE a.type = $type AND a.lifecycleState = $state AND a.createdAt <= datetime($beforeAt)
  AND CASE a.createdAt WHEN datetime($beforeAt) THEN a.id > $afterId ELSE true END
WITH a ORDER BY a.type DESC, a.lifecycleState DESC, a.createdAt DESC, a.id SKIP $offset LIMIT $limit
RETURN @artifact(a) AS artifact, toString(a.createdAt) AS place
