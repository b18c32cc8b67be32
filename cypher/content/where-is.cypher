// Every artifact with these bytes, and the roles that it has in stories. Newest first.
// $sha256. Columns: artifact, links [{storyId, title, role, isPrimary}].
MATCH (a:Artifact {contentHash: $sha256})
RETURN @artifact(a) AS artifact,
  [(s:Story)-[l:LINKED_AS]->(a) | {storyId: s.id, title: s.title, role: l.role, isPrimary: l.isPrimary}] AS links
ORDER BY a.createdAt DESC, a.id
