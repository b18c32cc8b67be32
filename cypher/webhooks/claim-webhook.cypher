// Takes the lease of a subscription, if it is free and its delivery is where it was when it was looked at. One clock
// decides, the database's. $id, $position, $holder (of this claim alone), $leaseMs. Columns: id; no row when it was not free.
MATCH (w:WebhookSubscription {id: $id})
SET w.id = w.id
WITH w, datetime.realtime() AS now
WHERE w.enabled AND w.position = $position AND coalesce(w.leaseUntil < now, true) AND coalesce(w.nextAttemptAt <= now, true)
SET w.holder = $holder, w.leaseUntil = now + duration({milliseconds: $leaseMs})
RETURN w.id AS id
