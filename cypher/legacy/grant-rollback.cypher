// Opens the guard for the deletions of this transaction; the node stays as the record of them.
// $id, $actor, $reason, $first (one key), $after (all keys taken back, as text)
CREATE (:MaintenanceGrant:AuditEvent {
  id: $id, at: datetime.realtime(), actor: $actor, action: 'legacy.rolled-back', reason: $reason,
  nodeLabel: 'Story', nodeId: $first, after: $after
})
