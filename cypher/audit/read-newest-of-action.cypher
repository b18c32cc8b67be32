// Audit events of one kind of change, newest first, before one of them.
// $action, $actor (or null), $from (the first time that counts), $to (time of that one, or the first that does not count), $id (of that one, or ''), $limit.
// Columns: id, exactAt (with nanoseconds), at (milliseconds since 1970 UTC), actor, action, nodeLabel, nodeId, before, after,
// reason (of maintenance).
MATCH (e:AuditEvent {action: $action})
WHERE datetime($from) <= e.at <= datetime($to) AND (e.at < datetime($to) OR elementId(e) < $id)
  AND ($actor IS NULL OR e.actor = $actor)
RETURN elementId(e) AS id, toString(e.at) AS exactAt, e.at.epochMillis AS at, e.actor AS actor, e.action AS action,
  e.nodeLabel AS nodeLabel, e.nodeId AS nodeId, e.before AS before, e.after AS after, e.reason AS reason
ORDER BY e.at DESC, elementId(e) DESC
LIMIT $limit
