// One page of all artifacts, newest first, ties by id. The page starts behind ($beforeAt ms, $afterId).
// $beforeAt, $afterId, $offset, $limit. Columns: artifact, place.
MATCH (a:Artifact)
USING INDEX a:Artifact(createdAt)
WHERE a.createdAt <= datetime($beforeAt)
  AND CASE a.createdAt WHEN datetime($beforeAt) THEN a.id > $afterId ELSE true END
WITH a ORDER BY a.createdAt DESC, a.id SKIP $offset LIMIT $limit
RETURN @artifact(a) AS artifact, toString(a.createdAt) AS place
