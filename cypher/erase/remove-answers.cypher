// Removes the kept answers that name one of these ids. $ids. Columns: count.
MATCH (k:IdempotencyKey)
WHERE k.createdAt > datetime({epochMillis: 0}) AND any(id IN $ids WHERE k.body CONTAINS '"' + id + '"')
DELETE k
RETURN count(*) AS count
