// Every invariant of the model, checked over the whole graph; slow by nature (it reads everything).
// No parameters. Columns: rule, id (of the node that breaks it), detail. No row means that all hold.
CALL () {
  MATCH (p:Artifact)-[r:DERIVED_FROM|VARIANT_OF|TRANSCODED_FROM]->(s)
  WHERE NOT coalesce(p.generation > s.generation AND r.edgeKey = p.id + '|' + s.id, false)
  RETURN 'acyclic' AS rule, p.id AS id, type(r) + ' ' + coalesce(s.id, '?') AS detail
  UNION ALL
  MATCH (a:Artifact)
  WHERE NOT coalesce(a.type IN ['image', 'audio', 'video', 'text', 'json'] AND a.generation >= 0 AND a.createdAt IS NOT NULL
    AND a.lifecycleState IN ['intermediate', 'candidate', 'published', 'archived'] AND a.id <> '', false)
  RETURN 'shape' AS rule, a.id AS id, 'type, lifecycleState, generation or createdAt' AS detail
  UNION ALL
  MATCH (a:Artifact)
  WHERE COUNT { (a)-[:CREATED_BY]->() } > 1 OR COUNT { (a)-[:HAS_CONTENT]->() } > 1
  RETURN 'single' AS rule, a.id AS id, 'more than one creating step or content' AS detail
  UNION ALL
  MATCH (a:Artifact)-[:HAS_CONTENT]->(c:Content)
  WHERE NOT coalesce(a.contentHash = c.sha256, false)
  RETURN 'content' AS rule, a.id AS id, 'HAS_CONTENT ' + c.sha256 AS detail
  UNION ALL
  MATCH (s:Story)-[l:LINKED_AS]->(a)
  WHERE NOT coalesce(l.linkKey = s.id + '|' + a.id + '|' + l.role
    AND CASE WHEN l.isPrimary THEN l.primarySlot = s.id + '|' + l.role ELSE l.primarySlot IS NULL END, false)
  RETURN 'primary' AS rule, s.id AS id, coalesce(l.role, '?') + ' ' + coalesce(a.id, '?') AS detail
  UNION ALL
  MATCH (s:Story)
  WHERE COUNT { (s)-[:CURRENT_RUN]->() } > 1
  RETURN 'current-run' AS rule, s.id AS id, 'more than one current run' AS detail
}
RETURN rule, id, detail
