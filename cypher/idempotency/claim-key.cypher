// Takes a key for a while, or finds what was answered under it, or that another request holds it.
// $key, $digest (of the request), $holder (of the claim), $now and $until (ms since 1970 UTC).
// Columns: digest, status, body (of the answer, or null), ours.
MERGE (k:IdempotencyKey {key: $key})
ON CREATE SET k.createdAt = datetime({epochMillis: $now})
SET k.key = k.key
WITH k, k.status IS NULL AND coalesce(k.heldUntil < datetime({epochMillis: $now}), true) AS free
FOREACH (_ IN CASE WHEN free THEN [1] ELSE [] END |
  SET k.digest = $digest, k.holder = $holder, k.heldUntil = datetime({epochMillis: $until}))
RETURN k.digest AS digest, k.status AS status, k.body AS body, coalesce(k.holder = $holder, false) AS ours
