// Ends a turn: keeps what came of it and gives the lease back. A claim that was taken over changes nothing.
// $id, $holder, $position, $failures (of the event behind the position), $waitMs (until its next attempt, or null), $status (of
// the last answer, or null), $error (of the last failure, or null), $disable. Columns: id; no row when another took it over.
MATCH (w:WebhookSubscription {id: $id})
SET w.id = w.id
WITH w, datetime.realtime() AS now
WHERE w.holder = $holder
SET w.position = $position, w.failures = $failures, w.lastAttemptAt = now, w.lastStatus = $status, w.lastError = $error,
  w.nextAttemptAt = CASE WHEN $waitMs IS NULL THEN null ELSE now + duration({milliseconds: $waitMs}) END, w.enabled = w.enabled AND NOT $disable
REMOVE w.holder, w.leaseUntil
RETURN w.id AS id
