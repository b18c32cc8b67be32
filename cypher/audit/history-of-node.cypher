// Everything that happened to one node, oldest first.
// $id: the id of an artifact, run, step or story. Columns: at, actor, action, before, after.
MATCH (e:AuditEvent {nodeId: $id})
RETURN e.at AS at, e.actor AS actor, e.action AS action, e.before AS before, e.after AS after
ORDER BY at
