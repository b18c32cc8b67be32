// The story whose primaries have the longest way behind them: what a first look should see.
// No parameters. Columns: storyId, title, artifactId (of its deepest primary), role; no row in a graph without links.
MATCH (a:Artifact)
WHERE a.lifecycleState = 'published' AND a.createdAt IS NOT NULL
MATCH (s:Story)-[l:LINKED_AS]->(a)
WHERE l.isPrimary
RETURN s.id AS storyId, s.title AS title, a.id AS artifactId, l.role AS role
ORDER BY a.generation DESC, s.id
LIMIT 1
