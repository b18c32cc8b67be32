// What was answered under a key. $key. Columns: digest, status, body (JSON).
MATCH (k:IdempotencyKey {key: $key})
WHERE k.status IS NOT NULL
RETURN k.digest AS digest, k.status AS status, k.body AS body
