// Gives imported artifacts their roles in stories.
// $rows, as columns: {id, storyId, artifactId, role, isPrimary, position, createdAt, updatedAt}; times in milliseconds
// since 1970 UTC.
UNWIND range(0, size($rows.id) - 1) AS n
MATCH (story:Story {id: $rows.storyId[n]})
WITH n, story
MATCH (artifact:Artifact {id: $rows.artifactId[n]})
CREATE (story)-[:LINKED_AS {
  id: $rows.id[n], role: $rows.role[n], isPrimary: $rows.isPrimary[n], position: $rows.position[n],
  linkKey: $rows.storyId[n] + '|' + $rows.artifactId[n] + '|' + $rows.role[n],
  primarySlot: CASE WHEN $rows.isPrimary[n] THEN $rows.storyId[n] + '|' + $rows.role[n] END,
  createdAt: datetime({epochMillis: $rows.createdAt[n]}), updatedAt: datetime({epochMillis: $rows.updatedAt[n]})
}]->(artifact)
