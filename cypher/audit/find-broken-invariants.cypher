// Every invariant of the model, checked over the whole graph; slow by nature (it reads everything).
// No parameters. Columns: rule, id (of the node that breaks it), detail. No row means that all hold.
CALL () {
  MATCH (p)-[r:DERIVED_FROM|VARIANT_OF|TRANSCODED_FROM]->(s)
  WHERE NOT coalesce(p:Artifact AND s:Artifact AND p.generation > s.generation AND r.edgeKey = p.id + '|' + s.id, false)
  RETURN 'acyclic' AS rule, p.id AS id, type(r) + ' ' + coalesce(s.id, '?') AS detail
  UNION ALL
  MATCH (a:Artifact)
  WHERE NOT coalesce(a.type IN ['image', 'audio', 'video', 'text', 'json'] AND a.id <> ''
    AND a.lifecycleState IN ['intermediate', 'candidate', 'published', 'archived']
    AND a.generation >= 0 AND a.createdAt IS :: ZONED DATETIME NOT NULL AND a.storedAt IS :: ZONED DATETIME NOT NULL, false)
  RETURN 'shape' AS rule, a.id AS id, 'artifact: type, lifecycleState, generation, createdAt or storedAt' AS detail
  UNION ALL
  MATCH (r:Run)
  WHERE NOT coalesce(r.id <> '' AND r.createdAt IS :: ZONED DATETIME NOT NULL
    AND r.workflowType IN ['image_to_story', 'interactive_story', 'news_to_kids', 'kids_daily', 'morning_show']
    AND r.status IN ['pending', 'running', 'completed', 'failed', 'cancelled'], false)
  RETURN 'shape' AS rule, r.id AS id, 'run: workflowType, status or createdAt' AS detail
  UNION ALL
  MATCH (s:Step)
  WHERE NOT coalesce(s.id <> '' AND s.createdAt IS :: ZONED DATETIME NOT NULL AND s.name <> '' AND s.order IS :: INTEGER NOT NULL
    AND s.status IN ['pending', 'running', 'completed', 'failed'] AND COUNT { (s)-[:STEP_OF]->(:Run) } = 1, false)
  RETURN 'shape' AS rule, s.id AS id, 'step: name, order, status, createdAt or run' AS detail
  UNION ALL
  MATCH (s:Story)
  WHERE NOT coalesce(s.id <> '' AND s.createdAt IS :: ZONED DATETIME NOT NULL, false)
  RETURN 'shape' AS rule, s.id AS id, 'story: id or createdAt' AS detail
  UNION ALL
  MATCH (a:Artifact)
  WHERE COUNT { (a)-[:CREATED_BY]->() } > 1 OR COUNT { (a)-[:HAS_CONTENT]->() } > 1
  RETURN 'single' AS rule, a.id AS id, 'more than one creating step or content' AS detail
  UNION ALL
  MATCH (r:Run)
  WHERE COUNT { (r)-[:RUN_OF]->() } > 1
  RETURN 'single' AS rule, r.id AS id, 'more than one story' AS detail
  UNION ALL
  MATCH (n:Artifact|Run|Step|Story)
  WITH labels(n) AS labels, n.id AS id, count(*) AS nodes
  WHERE nodes > 1
  RETURN 'unique' AS rule, id, toString(nodes) + ' of this id: ' + head(labels) AS detail
  UNION ALL
  MATCH ()-[r:DERIVED_FROM|VARIANT_OF|TRANSCODED_FROM|LINKED_AS|RECORDED]->()
  WITH type(r) AS type, coalesce(r.edgeKey, r.linkKey) AS id, count(*) AS edges
  WHERE edges > 1
  RETURN 'unique' AS rule, id, toString(edges) + ' of this key: ' + type AS detail
  UNION ALL
  MATCH (s)-[r:CREATED_BY|USED|STEP_OF|RUN_OF|CURRENT_RUN|HAS_CONTENT]->(e)
  WHERE NOT CASE type(r)
    WHEN 'CREATED_BY' THEN s:Artifact AND e:Step
    WHEN 'USED' THEN s:Step AND e:Artifact
    WHEN 'STEP_OF' THEN s:Step AND e:Run
    WHEN 'RUN_OF' THEN s:Run AND e:Story
    WHEN 'CURRENT_RUN' THEN s:Story AND e:Run
    ELSE s:Artifact AND e:Content END
  RETURN 'ends' AS rule, coalesce(s.id, e.id) AS id, type(r) + ' joins what the model does not join' AS detail
  UNION ALL
  MATCH (a:Artifact)
  WHERE a.payload IS NOT NULL AND NOT coalesce(a.contentHash = apoc.util.sha256([a.payload]), false)
  RETURN 'hash' AS rule, a.id AS id, 'contentHash is not the SHA-256 of the payload' AS detail
  UNION ALL
  MATCH (a:Artifact)-[:HAS_CONTENT]->(c:Content)
  WHERE NOT coalesce(a.contentHash = c.sha256, false)
  RETURN 'content' AS rule, a.id AS id, 'HAS_CONTENT ' + coalesce(c.sha256, '?') AS detail
  UNION ALL
  MATCH (s)-[l:LINKED_AS]->(a)
  WHERE NOT coalesce(s:Story AND a:Artifact AND l.linkKey = s.id + '|' + a.id + '|' + l.role
    AND l.role IN ['cover', 'final_audio', 'final_video', 'scene_image', 'story_text']
    AND CASE WHEN l.isPrimary THEN l.primarySlot = s.id + '|' + l.role ELSE l.isPrimary = false AND l.primarySlot IS NULL END, false)
  RETURN 'primary' AS rule, s.id AS id, coalesce(l.role, '?') + ' ' + coalesce(a.id, '?') AS detail
  UNION ALL
  MATCH (s:Story)-[l:LINKED_AS]->(a:Artifact)
  WHERE NOT coalesce(a.type IN CASE l.role
    WHEN 'final_audio' THEN ['audio'] WHEN 'final_video' THEN ['video'] WHEN 'story_text' THEN ['text', 'json'] ELSE ['image'] END, false)
  RETURN 'kind' AS rule, s.id AS id, l.role + ' is of type ' + coalesce(a.type, '?') + ': ' + a.id AS detail
  UNION ALL
  MATCH (s:Story)-[l:LINKED_AS]->()
  WHERE l.isPrimary
  WITH s, l.role AS role, count(*) AS primaries
  WHERE primaries > 1
  RETURN 'primary' AS rule, s.id AS id, coalesce(role, '?') + ' has ' + toString(primaries) + ' primaries' AS detail
  UNION ALL
  MATCH (r)-[l:RECORDED]->(a)
  WHERE NOT coalesce(r:Run AND a:Artifact AND l.linkKey = r.id + '|' + a.id + '|' + l.stage
    AND l.stage IN ['generated', 'reviewed', 'approved', 'failed'], false)
  RETURN 'stage' AS rule, r.id AS id, coalesce(l.stage, '?') + ' ' + coalesce(a.id, '?') AS detail
  UNION ALL
  MATCH (s:Story)
  WHERE COUNT { (s)-[:CURRENT_RUN]->() } > 1
  RETURN 'current-run' AS rule, s.id AS id, 'more than one current run' AS detail
  UNION ALL
  MATCH (e:AuditEvent)
  WHERE e.action IN ['artifact.moved', 'run.moved', 'step.completed']
  WITH e ORDER BY e.at
  WITH e.nodeId AS id, last(collect(e.after)) AS told
  MATCH (n:Artifact|Run|Step {id: id})
  WHERE told <> coalesce(n.lifecycleState, n.status)
  RETURN 'history' AS rule, id, 'the last event says ' + told + ', the record ' + coalesce(n.lifecycleState, n.status) AS detail
  UNION ALL
  OPTIONAL MATCH (i:LegacyImport)
  WITH collect(i.artifactIds + i.runIds + i.stepIds) AS lists
  WITH apoc.coll.toSet(apoc.coll.flatten(lists)) AS imported
  MATCH (n:Artifact|Run|Step|Story)
  WHERE NOT EXISTS { MATCH (:AuditEvent {nodeId: n.id}) }
  WITH imported, collect(n.id) AS silent
  UNWIND apoc.coll.toSet(imported + silent)[size(imported)..] AS id
  RETURN 'event' AS rule, id, 'no event tells of it' AS detail
  UNION ALL
  MATCH (e:AuditEvent)
  WHERE NOT e:MaintenanceGrant AND NOT coalesce(e.actor <> '' AND e.action <> '' AND e.at IS :: ZONED DATETIME NOT NULL, false)
  RETURN 'event' AS rule, e.nodeId AS id, 'an event without time, actor or action' AS detail
  UNION ALL
  WITH 'generation' AS name
  WHERE NOT EXISTS { MATCH (l:Lock {name: name}) }
  RETURN 'lock' AS rule, name AS id, 'the node that is locked before generations are lifted is missing' AS detail
}
RETURN rule, id, detail
