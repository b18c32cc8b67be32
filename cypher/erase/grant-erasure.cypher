// Opens the guard for the erasure of this transaction; the node stays as the record of it.
// $id, $actor, $reason, $label (Story or Artifact), $first (one id), $after (all ids erased, as text). Columns: at (ms).
CREATE (g:MaintenanceGrant:AuditEvent {
  id: $id, at: datetime.realtime(), actor: $actor, action: 'graph.erased', reason: $reason,
  nodeLabel: $label, nodeId: $first, after: $after
})
RETURN g.at.epochMillis AS at
