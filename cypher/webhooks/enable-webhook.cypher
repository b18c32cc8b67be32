// Begins or ends delivery; begun, it goes on where it stood, at once. $id, $enabled. Columns: before; no row when there is none.
MATCH (w:WebhookSubscription {id: $id})
SET w.id = w.id
WITH w, w.enabled AS before
SET w.enabled = $enabled
REMOVE w.nextAttemptAt
RETURN before
