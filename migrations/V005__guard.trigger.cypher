// The guard: runs before every commit, whoever wrote, and refuses the whole transaction when it breaks a rule of the
// model. Each refusal is one sentence that ends with the rule's code in brackets.
//
// Deletions pass when the same transaction creates a (:MaintenanceGrant {actor, reason}), which stays as the record
// of them. Nothing else has a way through. A lifecycle move typed by hand gets its audit event from the guard.
//
// APOC gives: $createdNodes, $deletedNodes, $createdRelationships, $deletedRelationships as lists;
// $assignedLabels, $removedLabels as label -> nodes; $assigned|removedNodeProperties and
// $assigned|removedRelationshipProperties as key -> [{node|relationship, old, new}].
// Assigned properties and labels list what was created too, so it has to be subtracted: toSet(created + others) keeps
// the order, hence [size(created)..] of it is `others` without `created`. toSet is hashed; IN, containsAll and
// subtract compare each with each and would make a batch quadratic. CASE stops at the first broken rule.
WITH ['DERIVED_FROM', 'VARIANT_OF', 'TRANSCODED_FROM'] AS provenance,
     ['Artifact', 'Content', 'Run', 'Step', 'Story', 'AuditEvent'] AS guarded,
     size([g IN coalesce($assignedLabels.MaintenanceGrant, []) WHERE g.actor <> '' AND g.reason <> '']) > 0 AS granted,
     size($createdNodes) AS born, size($deletedNodes) AS gone
// Properties of nodes that were there before this transaction, changed or taken away.
WITH *,
     apoc.coll.flatten(
       [k IN keys($assignedNodeProperties) |
         [e IN $assignedNodeProperties[k] WHERE e.old <> e.new | {key: k, node: e.node, old: e.old, new: e.new}] +
         [n IN apoc.coll.toSet($createdNodes + [e IN $assignedNodeProperties[k] WHERE e.old IS NULL | e.node])[born..] |
           {key: k, node: n, old: null, new: n[k]}]] +
       [k IN keys($removedNodeProperties) |
         [n IN apoc.coll.toSet($deletedNodes + [e IN $removedNodeProperties[k] | e.node])[gone..] |
           {key: k, node: n, old: true, new: null}]]) AS changes,
     apoc.coll.toSet(
       apoc.coll.toSet($createdRelationships + apoc.coll.flatten([k IN keys($assignedRelationshipProperties) |
         [e IN $assignedRelationshipProperties[k] | e.relationship]]))[size($createdRelationships)..] +
       apoc.coll.toSet($deletedRelationships + apoc.coll.flatten([k IN keys($removedRelationshipProperties) |
         [e IN $removedRelationshipProperties[k] | e.relationship]]))[size($deletedRelationships)..]) AS editedEdges
WITH *,
     [c IN changes WHERE 'Artifact' IN labels(c.node) AND c.key = 'lifecycleState'] AS moves,
     [c IN changes WHERE 'Artifact' IN labels(c.node) AND c.key = 'generation'] AS lifts,
     [r IN $createdRelationships WHERE type(r) IN provenance] AS newEdges,
     [r IN $createdRelationships + editedEdges WHERE type(r) = 'LINKED_AS'] AS links
WITH *, CASE
  WHEN any(l IN guarded WHERE l IN keys($removedLabels) AND NOT (granted AND l <> 'AuditEvent' AND size(apoc.coll.toSet($deletedNodes + $removedLabels[l])) = gone))
    THEN 'The record is kept: artifacts, content, runs, steps, stories and audit events are neither deleted nor relabelled [guard.delete]'
  WHEN any(l IN guarded WHERE l IN keys($assignedLabels) AND size(apoc.coll.toSet($createdNodes + $assignedLabels[l])) > born)
    THEN 'A node does not become an artifact, content, run, step, story or audit event later: it is created as one [guard.relabel]'
  WHEN NOT granted AND any(r IN $deletedRelationships WHERE type(r) IN provenance + ['CREATED_BY', 'HAS_CONTENT', 'USED', 'STEP_OF', 'RUN_OF', 'RECORDED', 'LINKED_AS'])
    THEN 'Provenance is kept: its relationships are not deleted [guard.delete]'
  WHEN any(r IN editedEdges WHERE type(r) IN provenance + ['CREATED_BY', 'HAS_CONTENT', 'USED', 'STEP_OF', 'RUN_OF', 'RECORDED'])
    THEN 'Provenance is kept: its relationships are not changed [guard.immutable]'
  WHEN any(c IN changes WHERE
         ('Artifact' IN labels(c.node) AND NOT c.key IN ['lifecycleState', 'generation', 'storedAt'])
      OR ('Content' IN labels(c.node) AND c.key <> 'store')
      OR ('Run' IN labels(c.node) AND c.key IN ['id', 'workflowType', 'sessionId', 'externalId', 'createdAt'])
      OR ('Step' IN labels(c.node) AND c.key IN ['id', 'name', 'order', 'input', 'model', 'promptHash', 'createdAt'])
      OR ('Story' IN labels(c.node) AND c.key IN ['id', 'createdAt'])
      OR 'AuditEvent' IN labels(c.node))
    THEN 'What was recorded stays: this property is immutable once written [guard.immutable]'
  WHEN any(c IN moves WHERE NOT coalesce(c.old + '>' + c.new IN ['intermediate>candidate', 'candidate>published', 'intermediate>archived', 'candidate>archived', 'published>archived'], false))
    THEN 'An artifact moves only intermediate, candidate, published, archived, or straight to archived [guard.lifecycle]'
  WHEN any(c IN changes WHERE c.key = 'status' AND
         (('Run' IN labels(c.node) AND NOT coalesce(c.old + '>' + c.new IN ['pending>running', 'pending>completed', 'pending>failed', 'pending>cancelled', 'running>completed', 'running>failed', 'running>cancelled'], false))
       OR ('Step' IN labels(c.node) AND NOT coalesce(c.old + '>' + c.new IN ['pending>running', 'pending>completed', 'pending>failed', 'running>completed', 'running>failed'], false))))
    THEN 'A run or step moves only from pending to running to an end state [guard.status]'
  WHEN any(a IN coalesce($assignedLabels.Artifact, []) WHERE NOT coalesce(
         a.type IN ['image', 'audio', 'video', 'text', 'json'] AND a.lifecycleState IN ['intermediate', 'candidate', 'published', 'archived']
         AND a.id <> '' AND a.generation >= 0 AND valueType(a.generation) = 'INTEGER NOT NULL' AND a.createdAt IS NOT NULL, false))
    THEN 'An artifact has an id, a known type, a known lifecycleState, a generation of 0 or more and createdAt [guard.shape]'
  WHEN any(r IN newEdges WHERE NOT coalesce(
         startNode(r).generation > endNode(r).generation AND r.edgeKey = startNode(r).id + '|' + endNode(r).id
         AND 'Artifact' IN labels(startNode(r)) AND 'Artifact' IN labels(endNode(r)), false))
    THEN 'A provenance edge joins two artifacts, the product of a greater generation than its source, under edgeKey productId|sourceId [guard.generation]'
  WHEN any(c IN lifts WHERE NOT coalesce(c.new > c.old AND valueType(c.new) = 'INTEGER NOT NULL'
         AND NOT EXISTS { WITH c WITH c.node AS source, c.new AS lifted MATCH (source)<-[:DERIVED_FROM|VARIANT_OF|TRANSCODED_FROM]-(product) WHERE product.generation <= lifted }, false))
    THEN 'A generation only grows, and stays below that of every product [guard.generation]'
  WHEN any(r IN links WHERE NOT coalesce(
         'Story' IN labels(startNode(r)) AND 'Artifact' IN labels(endNode(r)) AND r.role IN ['cover', 'final_audio', 'final_video', 'scene_image', 'story_text']
         AND r.linkKey = startNode(r).id + '|' + endNode(r).id + '|' + r.role
         AND CASE WHEN r.isPrimary THEN r.primarySlot = startNode(r).id + '|' + r.role ELSE r.isPrimary = false AND r.primarySlot IS NULL END, false))
    THEN 'A role has one primary: isPrimary holds exactly when primarySlot is storyId|role, under linkKey storyId|artifactId|role [guard.primary]'
  WHEN any(r IN $createdRelationships WHERE
         (type(r) = 'CREATED_BY' AND COUNT { WITH r WITH startNode(r) AS a MATCH (a)-[:CREATED_BY]->() } > 1)
      OR (type(r) = 'HAS_CONTENT' AND COUNT { WITH r WITH startNode(r) AS a MATCH (a)-[:HAS_CONTENT]->() } > 1)
      OR (type(r) = 'CURRENT_RUN' AND COUNT { WITH r WITH startNode(r) AS s MATCH (s)-[:CURRENT_RUN]->() } > 1))
    OR size(apoc.coll.toSet($createdNodes + [r IN $createdRelationships WHERE type(r) = 'CREATED_BY' | startNode(r)])) > born
    THEN 'An artifact has one creating step, written with it, and one content; a story has one current run [guard.single]'
  END AS refusal
CALL apoc.util.validate(refusal IS NOT NULL, refusal, [])
FOREACH (c IN CASE WHEN size(moves) > 0 AND $assignedLabels.AuditEvent IS NULL THEN moves ELSE [] END |
  CREATE (e:AuditEvent {at: datetime(), actor: coalesce($metaData.actor, 'direct statement'), action: 'artifact.moved', nodeLabel: 'Artifact', nodeId: c.node.id, before: c.old, after: c.new})
)
