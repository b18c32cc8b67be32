// Dead letters of a subscription, oldest first, behind one of them. $webhookId, $after (ISO 8601), $id (of that one, or ''), $limit.
// Columns: id, place, eventId, nodeId, action, attempts, status, error, exactAt (with nanoseconds), at (ms since 1970 UTC).
MATCH (d:WebhookDeadLetter {webhookId: $webhookId})
WHERE d.at >= datetime($after) AND (d.at > datetime($after) OR d.id > $id)
RETURN d.id AS id, d.place AS place, d.eventId AS eventId, d.nodeId AS nodeId, d.action AS action, d.attempts AS attempts,
  d.status AS status, d.error AS error, toString(d.at) AS exactAt, d.at.epochMillis AS at
ORDER BY d.at, d.id
LIMIT $limit
