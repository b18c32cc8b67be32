// The links of a story, by role, primary first, then position (those without one last), then age.
// $storyId; $role and $state (of the artifact) narrow, or are null. Columns: links; no row where there is no story.
MATCH (s:Story {id: $storyId})
RETURN COLLECT {
  MATCH (s)-[l:LINKED_AS]->(a:Artifact)
  WHERE ($role IS NULL OR l.role = $role) AND ($state IS NULL OR a.lifecycleState = $state)
  RETURN @storyLink(l)
  ORDER BY l.role, l.isPrimary DESC, l.position, l.createdAt, l.id
} AS links
