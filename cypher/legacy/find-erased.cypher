// Which stories were erased, by the audit records of the erasures: these stay when everything else of a story is gone.
// $storyIds. Columns: id.
UNWIND $storyIds AS id
MATCH (e:AuditEvent {nodeId: id})
USING INDEX e:AuditEvent(nodeId)
WHERE e.action = 'graph.erased' AND e.nodeLabel = 'Story'
RETURN DISTINCT id
