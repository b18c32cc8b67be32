// Locks a key that this request still holds. $key, $holder. Columns: key; no row when another request took it over.
MATCH (k:IdempotencyKey {key: $key})
SET k.key = k.key
WITH k
WHERE k.holder = $holder
RETURN k.key AS key
