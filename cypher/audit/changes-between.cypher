// Who changed what in a span of time, newest first.
// $from, $to: ISO 8601 texts such as '2026-11-01T00:00:00Z'. Columns: at, actor, action, nodeLabel, nodeId, before, after.
MATCH (e:AuditEvent)
WHERE datetime($from) <= e.at < datetime($to)
RETURN e.at AS at, e.actor AS actor, e.action AS action, e.nodeLabel AS nodeLabel, e.nodeId AS nodeId,
  e.before AS before, e.after AS after
ORDER BY at DESC
LIMIT 1000
