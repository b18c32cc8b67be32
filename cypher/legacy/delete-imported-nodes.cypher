// Deletes nodes that an import made, with what joins them. The transaction has their locks and a maintenance grant.
// $artifactIds, $stepIds, $runIds, $storyIds
CALL () {
  UNWIND $artifactIds AS id
  MATCH (n:Artifact {id: id})
  DETACH DELETE n
  UNION ALL
  UNWIND $stepIds AS id
  MATCH (n:Step {id: id})
  DETACH DELETE n
  UNION ALL
  UNWIND $runIds AS id
  MATCH (n:Run {id: id})
  DETACH DELETE n
  UNION ALL
  UNWIND $storyIds AS id
  MATCH (n:Story {id: id})
  DETACH DELETE n
}
