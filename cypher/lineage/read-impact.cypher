// Which of some artifacts are published, and which stories show any of them.
// $artifactIds. Columns: publishedIds, storyIds.
CALL () {
  UNWIND $artifactIds AS id
  MATCH (a:Artifact {id: id})
  RETURN collect(a) AS affected
}
CALL (affected) {
  UNWIND affected AS a
  MATCH (story:Story)-[:LINKED_AS]->(a)
  WITH DISTINCT story ORDER BY story.createdAt, story.id
  RETURN collect(story.id) AS storyIds
}
RETURN [a IN affected WHERE a.lifecycleState = 'published' | a.id] AS publishedIds, storyIds
