// Subscriptions whose ids are $from to $to, with the state of their delivery and without their secrets; oldest first.
// Columns: id, url, description, action, nodeId, actor, enabled, position, failures, deadLetters, lastStatus, lastError,
// createdBy, and times in milliseconds since 1970 UTC: createdAt, nextAttemptAt, lastAttemptAt.
MATCH (w:WebhookSubscription)
WHERE $from <= w.id <= $to
RETURN w.id AS id, w.url AS url, w.description AS description, w.action AS action, w.nodeId AS nodeId, w.actor AS actor,
  w.enabled AS enabled, w.position AS position, w.failures AS failures,
  COUNT { MATCH (d:WebhookDeadLetter {webhookId: w.id}) WHERE d.at IS NOT NULL } AS deadLetters,
  w.lastStatus AS lastStatus, w.lastError AS lastError, w.createdBy AS createdBy, w.createdAt.epochMillis AS createdAt,
  w.nextAttemptAt.epochMillis AS nextAttemptAt, w.lastAttemptAt.epochMillis AS lastAttemptAt
ORDER BY w.createdAt, w.id
