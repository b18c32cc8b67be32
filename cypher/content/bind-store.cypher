// Says that a store is this graph's, with the audit event that tells of it.
// $storeId, $kind: s3 or disk; $at (milliseconds since 1970 UTC), $actor
CREATE (:ContentBinding {storeId: $storeId, kind: $kind, at: datetime({epochMillis: $at})})
CREATE (:AuditEvent {
  at: datetime.realtime(), actor: $actor, action: 'store.bound', nodeLabel: 'ContentBinding', nodeId: $storeId,
  after: $kind
})
