// Holds a lease for longer, and keeps what was delivered under it. $id, $holder, $position, $leaseMs.
// Columns: id; no row when another took it over, or when the subscription was disabled or removed.
MATCH (w:WebhookSubscription {id: $id})
SET w.id = w.id
WITH w
WHERE w.holder = $holder AND w.enabled
SET w.position = $position, w.leaseUntil = datetime.realtime() + duration({milliseconds: $leaseMs})
RETURN w.id AS id
