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
}
RETURN rule, id, detail
