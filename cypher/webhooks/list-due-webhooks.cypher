// Subscriptions that nobody delivers to at this moment and whose next attempt, if one is waited for, is due. No parameters.
// Columns: id, url, secret, action, nodeId, actor, position, failures.
MATCH (w:WebhookSubscription)
WHERE w.id > '' AND w.enabled
  AND coalesce(w.leaseUntil < datetime.realtime(), true) AND coalesce(w.nextAttemptAt <= datetime.realtime(), true)
RETURN w.id AS id, w.url AS url, w.secret AS secret, w.action AS action, w.nodeId AS nodeId, w.actor AS actor,
  w.position AS position, w.failures AS failures
