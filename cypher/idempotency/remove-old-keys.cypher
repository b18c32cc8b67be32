// Forgets up to $limit keys from before $before (ms since 1970 UTC). Columns: removed.
MATCH (k:IdempotencyKey)
WHERE k.createdAt < datetime({epochMillis: $before})
WITH k LIMIT $limit
DELETE k
RETURN count(*) AS removed
