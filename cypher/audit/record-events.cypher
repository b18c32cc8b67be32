// Writes audit events; always in the transaction of the change that they tell of.
// $events: [{at, actor, action, nodeLabel, nodeId, before, after}]; at in milliseconds since 1970 UTC.
UNWIND $events AS event
CREATE (:AuditEvent {
  at: datetime({epochMillis: event.at}), actor: event.actor, action: event.action,
  nodeLabel: event.nodeLabel, nodeId: event.nodeId, before: event.before, after: event.after
})
