// The guard: runs before every commit, whoever wrote, and refuses the whole transaction when it breaks a rule of the
// model. Each refusal is one sentence that ends with the rule's code in brackets.
//
// Deletions pass when the same transaction creates a (:MaintenanceGrant:AuditEvent {at, actor, reason}), which stays as
// the record of them; the guard adds an event of its own that names what went. Nothing else has a way through. A move or
// a change of primary that no event of the same transaction tells truly gets one from the guard, whose actor nobody
// chooses; an artifact created without storedAt gets its time.
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
     ['AuditEvent', 'MaintenanceGrant', 'SchemaMigration', 'ContentBinding'] AS unchanging,
     ['Artifact', 'Content', 'Run', 'Step', 'Story', 'AuditEvent', 'MaintenanceGrant', 'SchemaMigration', 'ContentBinding'] AS guarded,
     {CREATED_BY: ['Artifact', 'Step'], USED: ['Step', 'Artifact'], STEP_OF: ['Step', 'Run'], RUN_OF: ['Run', 'Story'],
      CURRENT_RUN: ['Story', 'Run'], RECORDED: ['Run', 'Artifact'], HAS_CONTENT: ['Artifact', 'Content']} AS ends,
     head([g IN coalesce($assignedLabels.MaintenanceGrant, [])
       WHERE 'AuditEvent' IN labels(g) AND g.at IS :: ZONED DATETIME NOT NULL
         AND trim(toStringOrNull(g.actor)) <> '' AND trim(toStringOrNull(g.reason)) <> '']) AS grant,
     size($createdNodes) AS born, size($deletedNodes) AS gone
WITH *, grant IS NOT NULL AS granted
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
     [r IN $createdRelationships + editedEdges WHERE type(r) = 'LINKED_AS'] AS links,
     // What was deleted, by its key; a node that is gone has no properties to be read.
     CASE WHEN gone = 0 THEN [] ELSE [k IN ['id', 'sha256'] | [e IN coalesce($removedNodeProperties[k], []) WHERE e.old IS NOT NULL | e.old]] END AS lost
WITH *, [c IN endings | c.node] AS ended, apoc.coll.flatten(lost) AS lostKeys
WITH *, CASE
  WHEN any(l IN guarded WHERE l IN keys($removedLabels) AND NOT (granted AND NOT l IN witnesses AND size(apoc.coll.toSet($deletedNodes + $removedLabels[l])) = gone))
    THEN 'The record is kept: artifacts, content, runs, steps, stories, audit events and grants are neither deleted nor relabelled [guard.delete]'
  WHEN gone > 0 AND size(apoc.coll.intersection(lostKeys, [n IN $createdNodes WHERE n.id IS NOT NULL | n.id])) > 0
    THEN 'What a grant deletes is not created again in the same transaction [guard.delete]'
  WHEN any(e IN coalesce($removedNodeProperties.name, []) WHERE e.old = 'generation' AND e.node IN coalesce($removedLabels.Lock, []))
    THEN 'The lock of generations is kept [guard.delete]'
  WHEN size(apoc.coll.toSet($createdNodes + apoc.coll.flatten([l IN guarded | coalesce($assignedLabels[l], [])]))) > born
    THEN 'A node does not become an artifact, content, run, step, story, audit event or grant later: it is created as one [guard.relabel]'
  WHEN NOT granted AND any(r IN $deletedRelationships WHERE type(r) IN provenance OR type(r) IN records OR type(r) = 'LINKED_AS')
    THEN 'Provenance is kept: its relationships are not deleted [guard.delete]'
  WHEN any(r IN editedEdges WHERE type(r) IN provenance OR type(r) IN records)
    OR any(k IN ['id', 'role', 'linkKey', 'createdAt'] WHERE any(e IN coalesce($assignedRelationshipProperties[k], []) WHERE type(e.relationship) = 'LINKED_AS' AND e.old <> e.new))
    THEN 'What was recorded stays: this relationship is immutable once written [guard.immutable]'
  WHEN any(c IN changes WHERE
         ('Artifact' IN labels(c.node) AND NOT (c.key IN ['lifecycleState', 'generation']
           OR (c.key = 'storedAt' AND c.old IS NULL)
           OR (c.key = 'contentHash' AND c.old IS NULL AND coalesce(c.new = apoc.util.sha256([c.node.payload]), false))))
      OR ('Content' IN labels(c.node) AND NOT (c.key IN ['store', 'doomedAt'] OR (c.key = 'mimeType' AND c.old IS NULL)))
      OR ('Run' IN labels(c.node) AND c.key IN ['id', 'workflowType', 'sessionId', 'externalId', 'createdAt'])
      OR ('Run' IN labels(c.node) AND c.key IN ['startedAt', 'completedAt'] AND (c.old IS NOT NULL OR NOT c.node IN ended))
      OR ('Run' IN labels(c.node) AND c.key = 'summary' AND c.node.status IN ['completed', 'failed', 'cancelled'] AND NOT c.node IN ended)
      OR ('Step' IN labels(c.node) AND c.key IN ['output', 'error', 'startedAt', 'completedAt'] AND (c.old IS NOT NULL OR NOT c.node IN ended))
      OR ('Step' IN labels(c.node) AND c.key IN ['id', 'name', 'order', 'input', 'model', 'promptHash', 'createdAt'])
      OR ('Story' IN labels(c.node) AND (c.key IN ['id', 'createdAt'] OR (c.key = 'storedAt' AND c.old IS NOT NULL)))
      OR any(l IN labels(c.node) WHERE l IN unchanging))
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
      OR (type(r) = 'STEP_OF' AND COUNT { WITH r WITH startNode(r) AS s MATCH (s)-[:STEP_OF]->() } > 1)
      OR (type(r) = 'RUN_OF' AND COUNT { WITH r WITH startNode(r) AS s MATCH (s)-[:RUN_OF]->() } > 1)
      OR (type(r) = 'CURRENT_RUN' AND COUNT { WITH r WITH startNode(r) AS s MATCH (s)-[:CURRENT_RUN]->() } > 1))
    OR size(apoc.coll.toSet($createdNodes + [r IN $createdRelationships WHERE type(r) = 'CREATED_BY' | startNode(r)])) > born
    THEN 'An artifact has one creating step, written with it, and one content; a step has one run, a run one story, a story one current run [guard.single]'
  WHEN any(r IN $createdRelationships WHERE ends[type(r)] IS NOT NULL
         AND NOT (ends[type(r)][0] IN labels(startNode(r)) AND ends[type(r)][1] IN labels(endNode(r))))
    THEN 'A relationship joins only what the model says: CREATED_BY an artifact to a step, USED a step to an artifact, and so on [guard.ends]'
  WHEN any(r IN $createdRelationships WHERE
         (type(r) = 'HAS_CONTENT' AND NOT coalesce(startNode(r).contentHash = endNode(r).sha256, false))
      OR (type(r) = 'RECORDED' AND NOT coalesce(r.stage IN ['generated', 'reviewed', 'approved', 'failed']
           AND r.linkKey = startNode(r).id + '|' + endNode(r).id + '|' + r.stage, false)))
    THEN 'The content of an artifact is the one of its contentHash; a stage is recorded under linkKey runId|artifactId|stage [guard.key]'
  END AS refusal
CALL apoc.util.validate(refusal IS NOT NULL, refusal, [])
FOREACH (a IN [a IN coalesce($assignedLabels.Artifact, []) WHERE a.storedAt IS NULL] | SET a.storedAt = datetime())
// Audit events for what no event tells truly: a service writes its own, with what was before and after.
FOREACH (_ IN CASE WHEN grant IS NOT NULL AND size(lostKeys) > 0 THEN [1] ELSE [] END |
  CREATE (:AuditEvent {
    at: datetime(), actor: 'guard', action: 'guard.deleted', nodeLabel: 'MaintenanceGrant', nodeId: coalesce(grant.id, grant.nodeId),
    before: apoc.text.join([k IN lostKeys | toString(k)], ' ')
  }))
WITH moves + endings AS told, links,
     [e IN coalesce($assignedLabels.AuditEvent, []) WHERE trim(toStringOrNull(e.actor)) <> '' AND e.at IS :: ZONED DATETIME NOT NULL | e] AS events
WITH *, apoc.coll.toSet([e IN events WHERE e.before IS NOT NULL | e.nodeId + '|' + e.before + '|' + e.after]) AS witnessed,
     apoc.coll.toSet([e IN events WHERE e.action STARTS WITH 'story.link' | e.nodeId]) AS relinked
WITH *, CASE WHEN size(apoc.coll.toSet(witnessed + [c IN told | c.node.id + '|' + c.old + '|' + c.new])) = size(witnessed) THEN []
     ELSE [c IN told WHERE NOT c.node.id + '|' + c.old + '|' + c.new IN witnessed] END AS untold
FOREACH (c IN untold |
  CREATE (:AuditEvent {
    at: datetime(), actor: 'direct statement', nodeId: c.node.id, before: c.old, after: c.new,
    action: CASE WHEN 'Artifact' IN labels(c.node) THEN 'artifact.moved' WHEN 'Run' IN labels(c.node) THEN 'run.moved' ELSE 'step.completed' END,
    nodeLabel: CASE WHEN 'Artifact' IN labels(c.node) THEN 'Artifact' WHEN 'Run' IN labels(c.node) THEN 'Run' ELSE 'Step' END
  })
)
FOREACH (e IN [e IN coalesce($assignedRelationshipProperties.isPrimary, [])
    WHERE type(e.relationship) = 'LINKED_AS' AND e.old IS NOT NULL AND e.old <> e.new AND NOT startNode(e.relationship).id IN relinked] |
  CREATE (:AuditEvent {
    at: datetime(), actor: 'direct statement', action: 'story.link-updated', nodeLabel: 'Story', nodeId: startNode(e.relationship).id,
    before: e.relationship.linkKey + ' primary ' + toString(e.old), after: e.relationship.linkKey + ' primary ' + toString(e.new)
  })
)
