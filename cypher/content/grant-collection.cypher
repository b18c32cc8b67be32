// Opens the guard for the deletions of this transaction; the node stays as the record of them.
// $id, $actor, $reason, $first (one digest), $after (all of them as text)
CREATE (:MaintenanceGrant:AuditEvent {
  id: $id, at: datetime.realtime(), actor: $actor, action: 'content.collected', reason: $reason,
  nodeLabel: 'Content', nodeId: $first, after: $after
})
