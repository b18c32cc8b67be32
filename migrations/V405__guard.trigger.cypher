// The guard: runs before every commit, whoever wrote, and refuses the whole transaction when it breaks a rule of the
// model. Each refusal is one sentence that ends with the rule's code in brackets.
//
// Deletions pass when the same transaction creates a (:MaintenanceGrant:AuditEvent {at, actor, reason}), which stays as
// the record of them; the guard adds an event of its own that names what went, and that may not be created again.
// Nothing else has a way through. Whatever no event of the same transaction tells gets one from the guard, whose actor
// nobody chooses; an artifact created without storedAt gets its time.
//
// Under a grant whose action is graph.erased what nodes tell goes for good: everything but ids, kinds, states, times,
// places and generations, and what audit events tell of them. The guard's own event names the nodes.
//
// APOC gives: $createdNodes, $deletedNodes, $createdRelationships, $deletedRelationships as lists;
// $assignedLabels, $removedLabels as label -> nodes; $assigned|removedNodeProperties and
// $assigned|removedRelationshipProperties as key -> [{node|relationship, old, new}].
// Assigned properties and labels list what was created too, so it has to be subtracted: toSet(created + others) keeps
// the order, hence [size(created)..] of it is `others` without `created`. toSet is hashed; IN, containsAll and
// subtract compare each with each and would make a batch quadratic. CASE stops at the first broken rule.
//
// Neo4j plans a statement anew for each size that its list parameters have, by powers of ten, which takes seconds for one
// as long as this: so everything goes as one map, $tx, to a statement within this one, which is planned once. Whatever
// goes there is copied. Each property of what was created is assigned once: where no more were assigned, nothing older
// was touched, and the long lists stay here but for the few that are read below; else those of a key that nothing older
// was given go without what was created.
WITH reduce(n = 0, k IN keys($assignedNodeProperties) | n + size($assignedNodeProperties[k]))
       <> reduce(n = 0, c IN $createdNodes | n + size(keys(c))) AS touched,
     reduce(n = 0, k IN keys($assignedRelationshipProperties) | n + size($assignedRelationshipProperties[k]))
       <> reduce(n = 0, r IN $createdRelationships | n + size(keys(r))) AS touchedEdges
WITH touched, touchedEdges, CASE WHEN touched THEN [k IN keys($assignedNodeProperties) |
       [k, CASE WHEN size([e IN $assignedNodeProperties[k] WHERE e.old IS NULL | 1]) = size([n IN $createdNodes WHERE n[k] IS NOT NULL | 1])
         THEN [e IN $assignedNodeProperties[k] WHERE e.old IS NOT NULL] ELSE $assignedNodeProperties[k] END]]
     ELSE [] END AS older
CALL apoc.cypher.doIt("
WITH ['DERIVED_FROM', 'VARIANT_OF', 'TRANSCODED_FROM'] AS provenance,
     ['CREATED_BY', 'HAS_CONTENT', 'USED', 'STEP_OF', 'RUN_OF', 'RECORDED'] AS records,
     ['AuditEvent', 'MaintenanceGrant'] AS witnesses,
     ['AuditEvent', 'MaintenanceGrant', 'SchemaMigration', 'ContentBinding'] AS unchanging,
     ['Artifact', 'Content', 'Run', 'Step', 'Story', 'AuditEvent', 'MaintenanceGrant', 'SchemaMigration', 'ContentBinding'] AS guarded,
     {cover: ['image'], final_audio: ['audio'], final_video: ['video'], scene_image: ['image'], story_text: ['text', 'json']} AS kinds,
     {Artifact: 'artifact.registered', Run: 'run.started', Step: 'step.started', Story: 'story.registered'} AS births,
     ['id', 'type', 'lifecycleState', 'generation', 'workflowType', 'status', 'order', 'createdAt', 'storedAt', 'startedAt', 'completedAt'] AS lasting,
     {CREATED_BY: ['Artifact', 'Step'], USED: ['Step', 'Artifact'], STEP_OF: ['Step', 'Run'], RUN_OF: ['Run', 'Story'],
      CURRENT_RUN: ['Story', 'Run'], RECORDED: ['Run', 'Artifact'], HAS_CONTENT: ['Artifact', 'Content']} AS ends,
     head([g IN coalesce($tx.assignedLabels.MaintenanceGrant, [])
       WHERE 'AuditEvent' IN labels(g) AND g.at IS :: ZONED DATETIME NOT NULL
         AND trim(toStringOrNull(g.actor)) <> '' AND trim(toStringOrNull(g.reason)) <> '']) AS grant,
     size($tx.createdNodes) AS born, size($tx.deletedNodes) AS gone
WITH *, grant IS NOT NULL AS granted, coalesce(grant.action = 'graph.erased', false) AS erasing
// Who was given a property that was not there: all that was created, seldom anything else. DISTINCT is hashed too.
CALL () {
  UNWIND keys($tx.assignedNodeProperties) AS k
  UNWIND $tx.assignedNodeProperties[k] AS e
  WITH e WHERE e.old IS NULL
  RETURN collect(DISTINCT e.node) AS given
}
CALL () {
  UNWIND keys($tx.assignedRelationshipProperties) AS k
  UNWIND $tx.assignedRelationshipProperties[k] AS e
  RETURN collect(DISTINCT e.relationship) AS writtenEdges
}
WITH *, size(given) > 0 AND size(apoc.coll.toSet($tx.createdNodes + given)) > born AS added
// Properties of nodes that were there before this transaction, changed or taken away. 1 = 1.0, hence the value types.
WITH *,
     apoc.coll.flatten(
       [k IN keys($tx.assignedNodeProperties) |
         [e IN $tx.assignedNodeProperties[k] WHERE e.old IS NOT NULL AND (e.old <> e.new OR valueType(e.old) <> valueType(e.new)) |
           {key: k, node: e.node, old: e.old, new: e.new}] +
         CASE WHEN NOT added THEN [] ELSE
           [n IN apoc.coll.toSet($tx.createdNodes + [e IN $tx.assignedNodeProperties[k] WHERE e.old IS NULL | e.node])[born..] |
             {key: k, node: n, old: null, new: n[k]}] END] +
       [k IN keys($tx.removedNodeProperties) |
         [n IN apoc.coll.toSet($tx.deletedNodes + [e IN $tx.removedNodeProperties[k] | e.node])[gone..] |
           {key: k, node: n, old: true, new: null}]]) AS everyChange,
     apoc.coll.toSet(
       apoc.coll.toSet($tx.createdRelationships + writtenEdges)[size($tx.createdRelationships)..] +
       apoc.coll.toSet($tx.deletedRelationships + apoc.coll.flatten([k IN keys($tx.removedRelationshipProperties) |
         [e IN $tx.removedRelationshipProperties[k] | e.relationship]]))[size($tx.deletedRelationships)..]) AS everyEdited
// What an erasure takes away; in its place it puts nothing but the name `erased` of a step.
WITH *, CASE WHEN NOT erasing THEN everyChange ELSE [c IN everyChange | c {.*, erased: CASE
         WHEN 'AuditEvent' IN labels(c.node) THEN c.key IN ['before', 'after'] AND c.new IS NULL
         WHEN none(l IN labels(c.node) WHERE l IN ['Artifact', 'Run', 'Step', 'Story']) OR c.key IN lasting THEN false
         ELSE c.new IS NULL OR coalesce(c.key = 'name' AND 'Step' IN labels(c.node) AND c.new = 'erased', false) END}] END AS judged
WITH *, CASE WHEN erasing THEN [c IN judged WHERE NOT c.erased] ELSE judged END AS changes,
     CASE WHEN NOT erasing THEN [] ELSE apoc.coll.toSet([c IN judged WHERE c.erased | coalesce(c.node.id, c.node.nodeId)]) END AS emptied,
     CASE WHEN NOT erasing THEN everyEdited ELSE apoc.coll.intersection(everyEdited, writtenEdges +
       apoc.coll.flatten([k IN keys($tx.removedRelationshipProperties) WHERE k <> 'metadata' | [e IN $tx.removedRelationshipProperties[k] | e.relationship]])) END AS editedEdges
WITH *,
     [c IN changes WHERE c.key = 'lifecycleState' AND 'Artifact' IN labels(c.node)] AS moves,
     [c IN changes WHERE c.key = 'generation' AND 'Artifact' IN labels(c.node)] AS lifts,
     [c IN changes WHERE c.key = 'status' AND ('Run' IN labels(c.node) OR 'Step' IN labels(c.node))] AS endings,
     [r IN $tx.createdRelationships WHERE type(r) IN provenance] AS newEdges,
     [r IN $tx.createdRelationships + editedEdges WHERE type(r) = 'LINKED_AS'] AS links,
     // What was deleted, by its key; a node that is gone has no properties to be read.
     CASE WHEN gone = 0 THEN [] ELSE apoc.coll.flatten([k IN ['id', 'sha256', 'version', 'storeId'] |
       [e IN coalesce($tx.removedNodeProperties[k], []) | toString(e.old)]]) END AS lostKeys,
     CASE WHEN size($tx.deletedRelationships) = 0 THEN [] ELSE apoc.coll.flatten([k IN ['edgeKey', 'linkKey'] |
       [e IN coalesce($tx.removedRelationshipProperties[k], []) | toString(e.old)]]) END AS lostEdges
WITH *, [c IN endings | c.node] AS ended
WITH *, CASE
  WHEN any(l IN guarded WHERE l IN keys($tx.removedLabels) AND NOT (granted AND NOT l IN witnesses AND size(apoc.coll.toSet($tx.deletedNodes + $tx.removedLabels[l])) = gone))
    THEN 'The record is kept: artifacts, content, runs, steps, stories, audit events and grants are neither deleted nor relabelled [guard.delete]'
  WHEN (size(lostKeys) > 0 AND size(apoc.coll.intersection(lostKeys, [n IN $tx.createdNodes | toString(coalesce(n.id, n.sha256))])) > 0)
    OR (granted AND size(lostEdges) > 0 AND size(apoc.coll.intersection(lostEdges, [r IN $tx.createdRelationships | coalesce(r.edgeKey, r.linkKey)])) > 0)
    THEN 'What a grant deletes is not created again in the same transaction [guard.delete]'
  WHEN any(e IN coalesce($tx.removedNodeProperties.name, []) WHERE e.old = 'generation' AND e.node IN coalesce($tx.removedLabels.Lock, []))
    OR size(apoc.coll.toSet($tx.deletedNodes + coalesce($tx.removedLabels.Lock, []))) > gone
    OR any(c IN changes WHERE c.key = 'name' AND c.old IS NOT NULL AND 'Lock' IN labels(c.node))
    THEN 'The lock of generations is kept [guard.delete]'
  WHEN size(apoc.coll.toSet($tx.createdNodes + apoc.coll.flatten([l IN guarded | coalesce($tx.assignedLabels[l], [])]))) > born
    THEN 'A node does not become an artifact, content, run, step, story, audit event or grant later: it is created as one [guard.relabel]'
  WHEN NOT granted AND any(r IN $tx.deletedRelationships WHERE type(r) IN provenance OR type(r) IN records OR type(r) = 'LINKED_AS')
    THEN 'Provenance is kept: its relationships are not deleted [guard.delete]'
  WHEN any(r IN editedEdges WHERE type(r) IN provenance OR type(r) IN records)
    OR any(k IN ['id', 'role', 'linkKey', 'createdAt'] WHERE any(e IN coalesce($tx.assignedRelationshipProperties[k], []) WHERE type(e.relationship) = 'LINKED_AS' AND e.old <> e.new))
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
  WHEN any(a IN coalesce($tx.assignedLabels.Artifact, []) WHERE NOT coalesce(
         a.id IS :: STRING NOT NULL AND a.id <> '' AND a.type IN ['image', 'audio', 'video', 'text', 'json']
         AND a.lifecycleState IN ['intermediate', 'candidate', 'published', 'archived']
         AND a.generation IS :: INTEGER NOT NULL AND a.generation >= 0
         AND a.createdAt IS :: ZONED DATETIME NOT NULL AND a.storedAt IS :: ZONED DATETIME, false))
    OR any(c IN changes WHERE c.key = 'storedAt' AND 'Artifact' IN labels(c.node) AND NOT c.new IS :: ZONED DATETIME NOT NULL)
    THEN 'An artifact has an id, a known type, a known lifecycleState, a generation of 0 or more, createdAt and storedAt [guard.shape]'
  WHEN any(r IN coalesce($tx.assignedLabels.Run, []) WHERE NOT coalesce(
         r.id IS :: STRING NOT NULL AND r.id <> '' AND r.createdAt IS :: ZONED DATETIME NOT NULL
         AND r.workflowType IN ['image_to_story', 'interactive_story', 'news_to_kids', 'kids_daily', 'morning_show']
         AND r.status IN ['pending', 'running', 'completed', 'failed', 'cancelled'], false))
    OR any(s IN coalesce($tx.assignedLabels.Step, []) WHERE NOT coalesce(
         s.id IS :: STRING NOT NULL AND s.id <> '' AND s.createdAt IS :: ZONED DATETIME NOT NULL AND s.name IS :: STRING NOT NULL
         AND s.order IS :: INTEGER NOT NULL AND s.status IN ['pending', 'running', 'completed', 'failed'], false))
    OR any(s IN coalesce($tx.assignedLabels.Story, []) WHERE NOT coalesce(
         s.id IS :: STRING NOT NULL AND s.id <> '' AND s.createdAt IS :: ZONED DATETIME NOT NULL, false))
    OR any(m IN coalesce($tx.assignedLabels.SchemaMigration, []) WHERE NOT coalesce(m.version = 0 AND m.name = 'lock'
         OR (m.version IS :: INTEGER NOT NULL AND m.version > 0 AND m.name IS :: STRING NOT NULL
           AND m.checksum =~ '[0-9a-f]{64}' AND m.appliedAt IS :: ZONED DATETIME NOT NULL), false))
    OR any(c IN coalesce($tx.assignedLabels.Content, []) WHERE NOT coalesce(c.sha256 IS :: STRING NOT NULL AND c.sha256 =~ '[0-9a-f]{64}', false))
    THEN 'A run has an id, a known workflowType and status, a step an id, name, order and known status, a story an id, each createdAt; content has its sha256, a migration its version, name, checksum and time [guard.shape]'
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
  WHEN any(r IN $tx.createdRelationships WHERE type(r) = 'LINKED_AS' AND NOT coalesce(endNode(r).type IN kinds[r.role], false))
    THEN 'A role takes its kind: cover and scene_image an image, final_audio an audio, final_video a video, story_text a text or json [guard.kind]'
  WHEN any(r IN $tx.createdRelationships WHERE
         (type(r) = 'CREATED_BY' AND COUNT { WITH r WITH startNode(r) AS a MATCH (a)-[:CREATED_BY]->() } > 1)
      OR (type(r) = 'HAS_CONTENT' AND COUNT { WITH r WITH startNode(r) AS a MATCH (a)-[:HAS_CONTENT]->() } > 1)
      OR (type(r) = 'STEP_OF' AND COUNT { WITH r WITH startNode(r) AS s MATCH (s)-[:STEP_OF]->() } > 1)
      OR (type(r) = 'RUN_OF' AND COUNT { WITH r WITH startNode(r) AS s MATCH (s)-[:RUN_OF]->() } > 1)
      OR (type(r) = 'CURRENT_RUN' AND COUNT { WITH r WITH startNode(r) AS s MATCH (s)-[:CURRENT_RUN]->() } > 1))
    OR size(apoc.coll.toSet($tx.createdNodes + [r IN $tx.createdRelationships WHERE type(r) = 'CREATED_BY' | startNode(r)])) > born
    THEN 'An artifact has one creating step, written with it, and one content; a step has one run, a run one story, a story one current run [guard.single]'
  WHEN any(r IN $tx.createdRelationships WHERE ends[type(r)] IS NOT NULL
         AND NOT (ends[type(r)][0] IN labels(startNode(r)) AND ends[type(r)][1] IN labels(endNode(r))))
    THEN 'A relationship joins only what the model says: CREATED_BY an artifact to a step, USED a step to an artifact, and so on [guard.ends]'
  WHEN any(r IN $tx.createdRelationships WHERE
         (type(r) = 'HAS_CONTENT' AND NOT coalesce(startNode(r).contentHash = endNode(r).sha256, false))
      OR (type(r) = 'RECORDED' AND NOT coalesce(r.stage IN ['generated', 'reviewed', 'approved', 'failed']
           AND r.linkKey = startNode(r).id + '|' + endNode(r).id + '|' + r.stage, false)))
    THEN 'The content of an artifact is the one of its contentHash; a stage is recorded under linkKey runId|artifactId|stage [guard.key]'
  END AS refusal
CALL apoc.util.validate(refusal IS NOT NULL, refusal, [])
FOREACH (a IN [a IN coalesce($tx.assignedLabels.Artifact, []) WHERE a.storedAt IS NULL] | SET a.storedAt = datetime())
// Audit events for what no event tells truly: a service writes its own, with what was before and after; an import of old
// stories one for each of them, and beside it a list of all that it made. What a backup restores has its events in it.
FOREACH (_ IN CASE WHEN size(emptied) > 0 THEN [1] ELSE [] END |
  CREATE (:AuditEvent {
    at: datetime(), actor: 'guard', action: 'guard.erased', nodeLabel: 'MaintenanceGrant', nodeId: coalesce(grant.id, grant.nodeId),
    before: apoc.text.join(emptied, ' ')
  }))
FOREACH (_ IN CASE WHEN granted AND size(lostKeys) + size(lostEdges) > 0 THEN [1] ELSE [] END |
  CREATE (:AuditEvent {
    at: datetime(), actor: 'guard', action: 'guard.deleted', nodeLabel: 'MaintenanceGrant', nodeId: coalesce(grant.id, grant.nodeId),
    before: apoc.text.join(lostKeys + lostEdges, ' ')
  }))
WITH *, moves + endings AS moved,
     any(e IN $tx.lines WHERE 'Lock' IN labels(e.node)) AS restoring,
     any(e IN $tx.artifactIds WHERE 'LegacyImport' IN labels(e.node)) AS importing,
     [e IN coalesce($tx.assignedLabels.AuditEvent, []) WHERE e.actor <> '' AND e.action <> '' AND e.nodeId <> '' AND e.at IS :: ZONED DATETIME NOT NULL | e] AS events
WITH *, apoc.coll.toSet([e IN events | e.nodeId] + CASE WHEN NOT importing THEN [] ELSE
       apoc.coll.flatten([e IN $tx.artifactIds + $tx.runIds + $tx.stepIds | e.new], true) END) AS told,
     [e IN events WHERE e.action STARTS WITH 'story.link'] AS relinked,
     CASE WHEN size(moved) = 0 THEN [] ELSE apoc.coll.toSet([e IN events WHERE e.before IS NOT NULL | e.nodeId + '|' + e.before + '|' + e.after]) END AS witnessed
FOREACH (c IN CASE WHEN size(moved) = 0 OR size(apoc.coll.toSet(witnessed + [c IN moved | c.node.id + '|' + c.old + '|' + c.new])) = size(witnessed) THEN []
    ELSE [c IN moved WHERE NOT c.node.id + '|' + c.old + '|' + c.new IN witnessed] END |
  CREATE (:AuditEvent {
    at: datetime(), actor: 'direct statement', nodeId: c.node.id, before: c.old, after: c.new,
    action: CASE WHEN 'Artifact' IN labels(c.node) THEN 'artifact.moved' WHEN 'Run' IN labels(c.node) THEN 'run.moved' ELSE 'step.completed' END,
    nodeLabel: CASE WHEN 'Artifact' IN labels(c.node) THEN 'Artifact' WHEN 'Run' IN labels(c.node) THEN 'Run' ELSE 'Step' END
  })
)
// Artifacts, runs, steps and stories that were created, and properties of them that may change.
FOREACH (l IN CASE WHEN restoring THEN [] ELSE [l IN keys(births) WHERE $tx.assignedLabels[l] IS NOT NULL] END |
  FOREACH (id IN apoc.coll.toSet(told + [n IN $tx.assignedLabels[l] | n.id])[size(told)..] |
    CREATE (:AuditEvent {at: datetime(), actor: 'direct statement', action: births[l], nodeLabel: l, nodeId: id})))
FOREACH (c IN CASE WHEN restoring OR granted OR importing THEN [] ELSE
    [c IN changes WHERE c.key <> 'status' AND ('Story' IN labels(c.node) OR ('Run' IN labels(c.node) OR 'Step' IN labels(c.node)) AND NOT c.node IN ended)
      AND NOT c.node.id IN told] END |
  CREATE (:AuditEvent {
    at: datetime(), actor: 'direct statement', action: 'guard.changed', nodeId: c.node.id,
    nodeLabel: CASE WHEN 'Story' IN labels(c.node) THEN 'Story' WHEN 'Run' IN labels(c.node) THEN 'Run' ELSE 'Step' END,
    before: c.key + ' ' + left(coalesce(toStringOrNull(c.old), ''), 200), after: c.key + ' ' + left(coalesce(toStringOrNull(c.new), ''), 200)
  })
)
// Relationships of what was there before: from a node that neither is created here nor has an event.
WITH *, apoc.coll.toSet(told + [n IN $tx.createdNodes WHERE n.id IS NOT NULL | n.id]) AS known,
     CASE WHEN restoring OR importing THEN [] ELSE
       [r IN $tx.createdRelationships WHERE type(r) IN provenance OR type(r) IN ['USED', 'STEP_OF', 'RUN_OF', 'RECORDED', 'CURRENT_RUN']] END AS late
WITH *, apoc.coll.toSet(known + [r IN late | startNode(r).id])[size(known)..] AS strangers
FOREACH (r IN CASE WHEN size(strangers) = 0 THEN [] ELSE
    [r IN late WHERE startNode(r).id IN strangers AND NOT (type(r) = 'CURRENT_RUN' AND endNode(r).id IN told)] END |
  CREATE (:AuditEvent {
    at: datetime(), actor: 'direct statement', nodeId: startNode(r).id, after: type(r) + ' ' + endNode(r).id,
    action: CASE WHEN type(r) IN provenance THEN 'artifact.related' ELSE 'guard.changed' END,
    nodeLabel: head([l IN labels(startNode(r)) WHERE births[l] IS NOT NULL])
  })
)
// Links: a service tells of a link as {artifactId, isPrimary, …}, and of the one that it takes the place of as `primary`.
WITH *, CASE WHEN restoring OR importing THEN [] ELSE
       [r IN $tx.createdRelationships WHERE type(r) = 'LINKED_AS' | {link: r, old: null}] +
       [e IN coalesce($tx.assignedRelationshipProperties.isPrimary, []) WHERE type(e.relationship) = 'LINKED_AS' AND e.old <> e.new | {link: e.relationship, old: e.old}]
       END AS linked
FOREACH (c IN [c IN linked WHERE none(e IN relinked WHERE e.nodeId = startNode(c.link).id AND coalesce(
       e.after STARTS WITH '{\"artifactId\":\"' + endNode(c.link).id + '\",\"isPrimary\":' + toString(c.link.isPrimary)
       OR (NOT c.link.isPrimary AND e.before CONTAINS '\"primary\":\"' + endNode(c.link).id + '\"'), false))] |
  CREATE (:AuditEvent {
    at: datetime(), actor: 'direct statement', nodeLabel: 'Story', nodeId: startNode(c.link).id,
    action: CASE WHEN c.old IS NULL THEN 'story.linked' ELSE 'story.link-updated' END,
    before: c.link.linkKey + ' primary ' + coalesce(toString(c.old), 'none'), after: c.link.linkKey + ' primary ' + toString(c.link.isPrimary)
  })
)
", {tx: {
  createdNodes: $createdNodes,
  deletedNodes: $deletedNodes,
  createdRelationships: $createdRelationships,
  deletedRelationships: $deletedRelationships,
  assignedLabels: $assignedLabels,
  removedLabels: $removedLabels,
  assignedNodeProperties: apoc.map.fromPairs(older),
  removedNodeProperties: $removedNodeProperties,
  assignedRelationshipProperties: CASE WHEN touchedEdges THEN $assignedRelationshipProperties ELSE {} END,
  removedRelationshipProperties: $removedRelationshipProperties,
  lines: coalesce($assignedNodeProperties.lines, []),
  artifactIds: coalesce($assignedNodeProperties.artifactIds, []),
  runIds: coalesce($assignedNodeProperties.runIds, []),
  stepIds: coalesce($assignedNodeProperties.stepIds, [])
}}) YIELD value
RETURN value
