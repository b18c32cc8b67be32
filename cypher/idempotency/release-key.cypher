// Forgets a key whose request was refused or failed. $key, $holder
MATCH (k:IdempotencyKey {key: $key})
WHERE k.holder = $holder AND k.status IS NULL
DELETE k
