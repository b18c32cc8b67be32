// Removes what audit events tell of nodes, but for moves between states, links and stages, which name only ids and words
// of the model. $ids. Columns: count.
UNWIND $ids AS id
MATCH (e:AuditEvent {nodeId: id})
WHERE NOT e.action IN ['graph.erased', 'artifact.moved', 'artifact.related', 'run.started', 'run.moved', 'run.recorded', 'step.started', 'step.completed', 'story.linked', 'story.link-updated']
  AND (e.before IS NOT NULL OR e.after IS NOT NULL)
REMOVE e.before, e.after
RETURN count(e) AS count
