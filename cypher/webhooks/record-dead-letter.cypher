// An event that was tried for the last time; its place in the feed, not its text, so that erasing reaches it.
// $id, $webhookId, $place (the cursor before the event), $eventId, $nodeId, $action, $attempts, $status, $error.
MERGE (d:WebhookDeadLetter {id: $id})
SET d.webhookId = $webhookId, d.place = $place, d.eventId = $eventId, d.nodeId = $nodeId, d.action = $action,
  d.attempts = $attempts, d.status = $status, d.error = $error, d.at = datetime.realtime()
