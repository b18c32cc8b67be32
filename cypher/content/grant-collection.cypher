// Opens the guard for the deletions of this transaction; the node stays as the record of them.
// $id, $at (milliseconds since 1970 UTC), $actor, $reason, $first (one digest), $after (all of them as text)
CREATE (:MaintenanceGrant:AuditEvent {
  id: $id, at: datetime({epochMillis: $at}), actor: $actor, action: 'content.collected', reason: $reason,
  nodeLabel: 'Content', nodeId: $first, after: $after
})
