// Audit events of one actor, oldest first, after one of them.
// $actor, $from (time of that one, or the first that counts), $to (the first that does not), $id (of that one, or ''), $limit.
// Columns: id, exactAt (with nanoseconds), at (milliseconds since 1970 UTC), actor, action, nodeLabel, nodeId, before, after,
// reason (of maintenance).
MATCH (e:AuditEvent {actor: $actor})
WHERE datetime($from) <= e.at < datetime($to) AND (e.at > datetime($from) OR elementId(e) > $id)
RETURN elementId(e) AS id, toString(e.at) AS exactAt, e.at.epochMillis AS at, e.actor AS actor, e.action AS action,
  e.nodeLabel AS nodeLabel, e.nodeId AS nodeId, e.before AS before, e.after AS after, e.reason AS reason
ORDER BY e.at, elementId(e)
LIMIT $limit
