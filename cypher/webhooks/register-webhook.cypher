// A new subscription, unless there are as many as there may be.
// $id, $url, $secret, $description, $action, $nodeId, $actor (each filter may be null), $position (a cursor of the feed),
// $createdBy, $most. Columns: id; no row where there are too many.
OPTIONAL MATCH (o:WebhookSubscription) WHERE o.id > ''
WITH count(o) AS others
WHERE others < $most
CREATE (w:WebhookSubscription {
  id: $id, url: $url, secret: $secret, description: $description, action: $action, nodeId: $nodeId, actor: $actor,
  position: $position, enabled: true, failures: 0, createdAt: datetime.realtime(), createdBy: $createdBy
})
RETURN w.id AS id
