// Changes that did not come through the service: lifecycle moves typed into Neo4j Browser, and maintenance.
// No parameters. Columns: at, actor, action, nodeId, before, after, reason.
MATCH (e:AuditEvent)
USING INDEX e:AuditEvent(at)
WHERE e.at >= datetime({year: 1970}) AND (e.actor = 'direct statement' OR e:MaintenanceGrant)
RETURN e.at AS at, e.actor AS actor, e.action AS action, e.nodeId AS nodeId, e.before AS before, e.after AS after,
  e.reason AS reason
ORDER BY at DESC
LIMIT 1000
