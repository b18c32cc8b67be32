// Writes audit events; always in the transaction of the change that they tell of, after its locks are taken. Their times
// are the database's, one clock for all instances, and each later than the one before.
// $events, as columns: {actor, action, nodeLabel, nodeId, before, after}.
UNWIND range(0, size($events.nodeId) - 1) AS n
CREATE (:AuditEvent {
  at: datetime.realtime() + duration({nanoseconds: n}), actor: $events.actor[n], action: $events.action[n],
  nodeLabel: $events.nodeLabel[n], nodeId: $events.nodeId[n], before: $events.before[n], after: $events.after[n]
})
