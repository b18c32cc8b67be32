// Gives an artifact a role in a story, or updates the link that is there. When it becomes primary, the primary before
// it is demoted first, so that primarySlot is never held twice. The story's lock is held.
// $storyId, $artifactId, $role, $linkKey, $primarySlot, $isPrimary, $position (null keeps what is there), $id, $now.
// Columns: link, created, demoted (id of the artifact that was primary, or null), wasPrimary.
MATCH (story:Story {id: $storyId})
MATCH (artifact:Artifact {id: $artifactId})
OPTIONAL MATCH ()-[existing:LINKED_AS {linkKey: $linkKey}]->()
OPTIONAL MATCH ()-[primary:LINKED_AS {primarySlot: $primarySlot}]->(other:Artifact)
WITH story, artifact, existing, existing.isPrimary AS wasPrimary,
  CASE WHEN $isPrimary AND primary.linkKey <> $linkKey THEN primary END AS loser, other.id AS otherId
FOREACH (l IN CASE WHEN loser IS NULL THEN [] ELSE [loser] END |
  SET l.isPrimary = false, l.updatedAt = datetime({epochMillis: $now})
  REMOVE l.primarySlot)
FOREACH (_ IN CASE WHEN existing IS NULL THEN [1] ELSE [] END |
  CREATE (story)-[:LINKED_AS {
    id: $id, role: $role, linkKey: $linkKey, isPrimary: $isPrimary,
    primarySlot: CASE WHEN $isPrimary THEN $primarySlot END, position: $position,
    createdAt: datetime({epochMillis: $now}), updatedAt: datetime({epochMillis: $now})
  }]->(artifact))
FOREACH (l IN CASE WHEN existing IS NULL THEN [] ELSE [existing] END |
  SET l.isPrimary = $isPrimary, l.primarySlot = CASE WHEN $isPrimary THEN $primarySlot END,
    l.position = coalesce($position, l.position), l.updatedAt = datetime({epochMillis: $now}))
WITH existing IS NULL AS created, wasPrimary, CASE WHEN loser IS NULL THEN null ELSE otherId END AS demoted
MATCH (s:Story)-[l:LINKED_AS {linkKey: $linkKey}]->(a:Artifact)
RETURN l {.id, .role, .isPrimary, .position, storyId: s.id, artifactId: a.id,
    createdAt: l.createdAt.epochMillis, updatedAt: l.updatedAt.epochMillis} AS link,
  created, demoted, coalesce(wasPrimary, false) AS wasPrimary
