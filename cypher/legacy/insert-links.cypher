// Gives imported artifacts their roles in stories.
// $rows: [{id, storyId, artifactId, role, isPrimary, position, createdAt, updatedAt}]; times in milliseconds since 1970 UTC.
UNWIND $rows AS row
MATCH (story:Story {id: row.storyId})
WITH row, story
MATCH (artifact:Artifact {id: row.artifactId})
CREATE (story)-[:LINKED_AS {
  id: row.id, role: row.role, isPrimary: row.isPrimary, position: row.position,
  linkKey: row.storyId + '|' + row.artifactId + '|' + row.role,
  primarySlot: CASE WHEN row.isPrimary THEN row.storyId + '|' + row.role END,
  createdAt: datetime({epochMillis: row.createdAt}), updatedAt: datetime({epochMillis: row.updatedAt})
}]->(artifact)
