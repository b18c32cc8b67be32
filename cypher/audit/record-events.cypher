// Writes audit events; always in the transaction of the change that they tell of.
// $events, as columns: {at, actor, action, nodeLabel, nodeId, before, after}; at in milliseconds since 1970 UTC.
UNWIND range(0, size($events.at) - 1) AS n
CREATE (:AuditEvent {
  at: datetime({epochMillis: $events.at[n]}), actor: $events.actor[n], action: $events.action[n],
  nodeLabel: $events.nodeLabel[n], nodeId: $events.nodeId[n], before: $events.before[n], after: $events.after[n]
})
