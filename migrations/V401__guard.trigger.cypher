// The guard: runs before every commit, whoever wrote, and refuses the whole transaction when it breaks a rule of the
// model. Each refusal is one sentence that ends with the rule's code in brackets.
//
// Deletions pass when the same transaction creates a (:MaintenanceGrant {actor, reason}), which stays as the record
// of them. Nothing else has a way through. A move typed by hand (lifecycle, status of a run or step) gets its audit
// event from the guard, an artifact created without storedAt its time.
//
// APOC gives: $createdNodes, $deletedNodes, $createdRelationships, $deletedRelationships as lists;
// $assignedLabels, $removedLabels as label -> nodes; $assigned|removedNodeProperties and
// $assigned|removedRelationshipProperties as key -> [{node|relationship, old, new}].
// Assigned properties and labels list what was created too, so it has to be subtracted: toSet(created + others) keeps
// the order, hence [size(created)..] of it is `others` without `created`. toSet is hashed; IN, containsAll and
// subtract compare each with each and would make a batch quadratic. CASE stops at the first broken rule.
WITH ['DERIVED_FROM', 'VARIANT_OF', 'TRANSCODED_FROM'] AS provenance,
     ['CREATED_BY', 'HAS_CONTENT', 'USED', 'STEP_OF', 'RUN_OF', 'RECORDED'] AS records,
     ['AuditEvent', 'MaintenanceGrant'] AS witnesses,
     ['Artifact', 'Content', 'Run', 'Step', 'Story', 'AuditEvent', 'MaintenanceGrant'] AS guarded,
     size([g IN coalesce($assignedLabels.MaintenanceGrant, [])
       WHERE trim(toStringOrNull(g.actor)) <> '' AND trim(toStringOrNull(g.reason)) <> '']) > 0 AS granted,
     size($createdNodes) AS born, size($deletedNodes) AS gone
// Who was given a property that was not there: all that was created, seldom anything else. DISTINCT is hashed too.
CALL () {
  UNWIND keys($assignedNodeProperties) AS k
  UNWIND $assignedNodeProperties[k] AS e
  WITH e WHERE e.old IS NULL
  RETURN collect(DISTINCT e.node) AS given
}
CALL () {
  UNWIND keys($assignedRelationshipProperties) AS k
  UNWIND $assignedRelationshipProperties[k] AS e
  RETURN collect(DISTINCT e.relationship) AS writtenEdges
}
WITH *, size(apoc.coll.toSet($createdNodes + given)) > born AS added
// Properties of nodes that were there before this transaction, changed or taken away. 1 = 1.0, hence the value types.
WITH *,
     apoc.coll.flatten(
       [k IN keys($assignedNodeProperties) |
         [e IN $assignedNodeProperties[k] WHERE e.old IS NOT NULL AND (e.old <> e.new OR valueType(e.old) <> valueType(e.new)) |
           {key: k, node: e.node, old: e.old, new: e.new}] +
         CASE WHEN NOT added THEN [] ELSE
           [n IN apoc.coll.toSet($createdNodes + [e IN $assignedNodeProperties[k] WHERE e.old IS NULL | e.node])[born..] |
             {key: k, node: n, old: null, new: n[k]}] END] +
       [k IN keys($removedNodeProperties) |
         [n IN apoc.coll.toSet($deletedNodes + [e IN $removedNodeProperties[k] | e.node])[gone..] |
           {key: k, node: n, old: true, new: null}]]) AS changes,
     apoc.coll.toSet(
       apoc.coll.toSet($createdRelationships + writtenEdges)[size($createdRelationships)..] +
       apoc.coll.toSet($deletedRelationships + apoc.coll.flatten([k IN keys($removedRelationshipProperties) |
         [e IN $removedRelationshipProperties[k] | e.relationship]]))[size($deletedRelationships)..]) AS editedEdges
WITH *,
     [c IN changes WHERE c.key = 'lifecycleState' AND 'Artifact' IN labels(c.node)] AS moves,
     [c IN changes WHERE c.key = 'generation' AND 'Artifact' IN labels(c.node)] AS lifts,
     [c IN changes WHERE c.key = 'status' AND ('Run' IN labels(c.node) OR 'Step' IN labels(c.node))] AS endings,
     [r IN $createdRelationships WHERE type(r) IN provenance] AS newEdges,
     [r IN $createdRelationships + editedEdges WHERE type(r) = 'LINKED_AS'] AS links
WITH *, CASE
  WHEN any(l IN guarded WHERE l IN keys($removedLabels) AND NOT (granted AND NOT l IN witnesses AND size(apoc.coll.toSet($deletedNodes + $removedLabels[l])) = gone))
    THEN 'The record is kept: artifacts, content, runs, steps, stories, audit events and grants are neither deleted nor relabelled [guard.delete]'
  WHEN size(apoc.coll.toSet($createdNodes + apoc.coll.flatten([l IN guarded | coalesce($assignedLabels[l], [])]))) > born
    THEN 'A node does not become an artifact, content, run, step, story, audit event or grant later: it is created as one [guard.relabel]'
  WHEN NOT granted AND any(r IN $deletedRelationships WHERE type(r) IN provenance OR type(r) IN records OR type(r) = 'LINKED_AS')
    THEN 'Provenance is kept: its relationships are not deleted [guard.delete]'
  WHEN any(r IN editedEdges WHERE type(r) IN provenance OR type(r) IN records)
    OR any(k IN ['id', 'role', 'linkKey', 'createdAt'] WHERE any(e IN coalesce($assignedRelationshipProperties[k], []) WHERE type(e.relationship) = 'LINKED_AS' AND e.old <> e.new))
    THEN 'What was recorded stays: this relationship is immutable once written [guard.immutable]'
  WHEN any(c IN changes WHERE
         ('Artifact' IN labels(c.node) AND NOT c.key IN ['lifecycleState', 'generation', 'storedAt'])
      OR ('Content' IN labels(c.node) AND NOT (c.key IN ['store', 'doomedAt'] OR (c.key = 'mimeType' AND c.old IS NULL)))
      OR ('Run' IN labels(c.node) AND c.key IN ['id', 'workflowType', 'sessionId', 'externalId', 'createdAt'])
      OR ('Step' IN labels(c.node) AND c.key IN ['id', 'name', 'order', 'input', 'model', 'promptHash', 'createdAt'])
      OR ('Story' IN labels(c.node) AND c.key IN ['id', 'createdAt'])
      OR any(l IN labels(c.node) WHERE l IN witnesses))
    THEN 'What was recorded stays: this property is immutable once written [guard.immutable]'
  WHEN any(c IN moves WHERE NOT coalesce(c.old + '>' + c.new IN ['intermediate>candidate', 'candidate>published', 'intermediate>archived', 'candidate>archived', 'published>archived'], false))
    THEN 'An artifact moves only intermediate, candidate, published, archived, or straight to archived [guard.lifecycle]'
  WHEN any(c IN endings WHERE
         ('Run' IN labels(c.node) AND NOT coalesce(c.old + '>' + c.new IN ['pending>running', 'pending>completed', 'pending>failed', 'pending>cancelled', 'running>completed', 'running>failed', 'running>cancelled'], false))
      OR ('Step' IN labels(c.node) AND NOT coalesce(c.old + '>' + c.new IN ['pending>running', 'pending>completed', 'pending>failed', 'running>completed', 'running>failed'], false)))
    THEN 'A run or step moves only from pending to running to an end state [guard.status]'
  WHEN any(a IN coalesce($assignedLabels.Artifact, []) WHERE NOT coalesce(
         a.id IS :: STRING NOT NULL AND a.id <> '' AND a.type IN ['image', 'audio', 'video', 'text', 'json']
         AND a.lifecycleState IN ['intermediate', 'candidate', 'published', 'archived']
         AND a.generation IS :: INTEGER NOT NULL AND a.generation >= 0
         AND a.createdAt IS :: ZONED DATETIME NOT NULL AND a.storedAt IS :: ZONED DATETIME, false))
    OR any(c IN changes WHERE c.key = 'storedAt' AND 'Artifact' IN labels(c.node) AND NOT c.new IS :: ZONED DATETIME NOT NULL)
    THEN 'An artifact has an id, a known type, a known lifecycleState, a generation of 0 or more, createdAt and storedAt [guard.shape]'
  WHEN any(r IN coalesce($assignedLabels.Run, []) WHERE NOT coalesce(
         r.id IS :: STRING NOT NULL AND r.id <> '' AND r.createdAt IS :: ZONED DATETIME NOT NULL
         AND r.workflowType IN ['image_to_story', 'interactive_story', 'news_to_kids', 'kids_daily', 'morning_show']
         AND r.status IN ['pending', 'running', 'completed', 'failed', 'cancelled'], false))
    OR any(s IN coalesce($assignedLabels.Step, []) WHERE NOT coalesce(
         s.id IS :: STRING NOT NULL AND s.id <> '' AND s.createdAt IS :: ZONED DATETIME NOT NULL AND s.name IS :: STRING NOT NULL
         AND s.order IS :: INTEGER NOT NULL AND s.status IN ['pending', 'running', 'completed', 'failed'], false))
    OR any(s IN coalesce($assignedLabels.Story, []) WHERE NOT coalesce(
         s.id IS :: STRING NOT NULL AND s.id <> '' AND s.createdAt IS :: ZONED DATETIME NOT NULL, false))
    OR any(c IN coalesce($assignedLabels.Content, []) WHERE NOT coalesce(c.sha256 IS :: STRING NOT NULL AND c.sha256 =~ '[0-9a-f]{64}', false))
    THEN 'A run has an id, a known workflowType and status, a step an id, name, order and known status, a story an id, each createdAt; content has its sha256 [guard.shape]'
  WHEN any(r IN newEdges WHERE NOT coalesce(
         startNode(r).generation > endNode(r).generation AND r.edgeKey = startNode(r).id + '|' + endNode(r).id
         AND 'Artifact' IN labels(startNode(r)) AND 'Artifact' IN labels(endNode(r)), false))
    THEN 'A provenance edge joins two artifacts, the product of a greater generation than its source, under edgeKey productId|sourceId [guard.generation]'
  WHEN any(c IN lifts WHERE NOT coalesce(c.new > c.old AND c.new IS :: INTEGER NOT NULL
         AND NOT EXISTS { WITH c WITH c.node AS source, c.new AS lifted MATCH (source)<-[:DERIVED_FROM|VARIANT_OF|TRANSCODED_FROM]-(product) WHERE product.generation <= lifted }, false))
    THEN 'A generation only grows, and stays below that of every product [guard.generation]'
  WHEN any(r IN links WHERE NOT coalesce(
         'Story' IN labels(startNode(r)) AND 'Artifact' IN labels(endNode(r)) AND r.role IN ['cover', 'final_audio', 'final_video', 'scene_image', 'story_text']
         AND r.id IS NOT NULL AND r.createdAt IS NOT NULL AND r.linkKey = startNode(r).id + '|' + endNode(r).id + '|' + r.role
         AND CASE WHEN r.isPrimary THEN r.primarySlot = startNode(r).id + '|' + r.role ELSE r.isPrimary = false AND r.primarySlot IS NULL END, false))
    THEN 'A role has one primary: isPrimary holds exactly when primarySlot is storyId|role, under linkKey storyId|artifactId|role [guard.primary]'
  WHEN any(r IN $createdRelationships WHERE
         (type(r) = 'CREATED_BY' AND COUNT { WITH r WITH startNode(r) AS a MATCH (a)-[:CREATED_BY]->() } > 1)
      OR (type(r) = 'HAS_CONTENT' AND COUNT { WITH r WITH startNode(r) AS a MATCH (a)-[:HAS_CONTENT]->() } > 1)
      OR (type(r) = 'CURRENT_RUN' AND COUNT { WITH r WITH startNode(r) AS s MATCH (s)-[:CURRENT_RUN]->() } > 1))
    OR size(apoc.coll.toSet($createdNodes + [r IN $createdRelationships WHERE type(r) = 'CREATED_BY' | startNode(r)])) > born
    THEN 'An artifact has one creating step, written with it, and one content; a story has one current run [guard.single]'
  WHEN any(r IN $createdRelationships WHERE
         (type(r) = 'HAS_CONTENT' AND NOT coalesce(startNode(r).contentHash = endNode(r).sha256, false))
      OR (type(r) = 'RECORDED' AND NOT coalesce(r.stage IN ['generated', 'reviewed', 'approved', 'failed']
           AND r.linkKey = startNode(r).id + '|' + endNode(r).id + '|' + r.stage, false)))
    THEN 'The content of an artifact is the one of its contentHash; a stage is recorded under linkKey runId|artifactId|stage [guard.key]'
  END AS refusal
CALL apoc.util.validate(refusal IS NOT NULL, refusal, [])
FOREACH (a IN [a IN coalesce($assignedLabels.Artifact, []) WHERE a.storedAt IS NULL] | SET a.storedAt = datetime())
// Audit events for moves that have none: a service writes its own.
WITH moves + endings AS told, apoc.coll.toSet([e IN coalesce($assignedLabels.AuditEvent, []) | e.nodeId]) AS witnessed
WITH CASE WHEN size(apoc.coll.toSet(witnessed + [c IN told | c.node.id])) = size(witnessed) THEN []
     ELSE [c IN told WHERE NOT c.node.id IN witnessed] END AS untold
FOREACH (c IN untold |
  CREATE (:AuditEvent {
    at: datetime(), actor: coalesce($metaData.actor, 'direct statement'), nodeId: c.node.id, before: c.old, after: c.new,
    action: CASE WHEN 'Artifact' IN labels(c.node) THEN 'artifact.moved' WHEN 'Run' IN labels(c.node) THEN 'run.moved' ELSE 'step.completed' END,
    nodeLabel: CASE WHEN 'Artifact' IN labels(c.node) THEN 'Artifact' WHEN 'Run' IN labels(c.node) THEN 'Run' ELSE 'Step' END
  })
)
