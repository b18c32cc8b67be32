// Holds a key for longer while its request is under way. $key, $holder, $until (ms since 1970 UTC)
MATCH (k:IdempotencyKey {key: $key})
WHERE k.holder = $holder AND k.status IS NULL
SET k.heldUntil = datetime({epochMillis: $until})
