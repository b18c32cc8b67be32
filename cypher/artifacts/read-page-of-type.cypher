// As read-page.cypher, of one type. The type leads the order so that the index gives the rows in order.
// $type, $beforeAt, $afterId, $offset, $limit. Columns: artifact, place.
MATCH (a:Artifact)
USING INDEX a:Artifact(type, createdAt)
WHERE a.type = $type AND a.createdAt <= datetime($beforeAt)
  AND CASE a.createdAt WHEN datetime($beforeAt) THEN a.id > $afterId ELSE true END
WITH a ORDER BY a.type DESC, a.createdAt DESC, a.id SKIP $offset LIMIT $limit
RETURN @artifact(a) AS artifact, toString(a.createdAt) AS place
