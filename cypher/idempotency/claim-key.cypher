// Takes a key, or finds what was answered under it. Whoever comes second waits here until the first has committed or
// failed. $key, $digest (of the request), $now (ms since 1970 UTC). Columns: digest, status, body (null: the key is ours).
MERGE (k:IdempotencyKey {key: $key})
ON CREATE SET k.digest = $digest, k.createdAt = datetime({epochMillis: $now})
RETURN k.digest AS digest, k.status AS status, k.body AS body
