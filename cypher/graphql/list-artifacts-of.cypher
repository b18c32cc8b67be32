// The artifacts linked to a story, or recorded in a run, in no order.
// $storyId, $runId: one of them may be null. $limit. Columns: id.
CALL () {
  MATCH (:Story {id: $storyId})-[:LINKED_AS]->(a:Artifact)
  RETURN a
  UNION
  MATCH (:Run {id: $runId})-[:RECORDED]->(a:Artifact)
  RETURN a
}
RETURN a.id AS id LIMIT $limit
