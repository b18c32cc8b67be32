// Every artifact with these bytes, and the roles that it has in stories. Newest first.
// $sha256. Columns: artifact (as artifact rows are), links [{storyId, title, role, isPrimary}].
MATCH (a:Artifact {contentHash: $sha256})
RETURN a {.*, createdAt: a.createdAt.epochMillis, storedAt: a.storedAt.epochMillis,
    createdByStepId: head([(a)-[:CREATED_BY]->(step) | step.id])} AS artifact,
  [(s:Story)-[l:LINKED_AS]->(a) | {storyId: s.id, title: s.title, role: l.role, isPrimary: l.isPrimary}] AS links
ORDER BY a.createdAt DESC, a.id
