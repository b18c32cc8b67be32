// Keeps the answer to the request that holds the key, in the transaction that carried it out. $key, $status, $body (JSON).
MATCH (k:IdempotencyKey {key: $key})
SET k.status = $status, k.body = $body
REMOVE k.holder, k.heldUntil
