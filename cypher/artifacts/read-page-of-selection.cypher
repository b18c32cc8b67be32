// One page of the artifacts of a story, a run, a step or a content, newest first, ties by id, with how many there are.
// Exactly one of $ofStory, $ofRun, $ofStep, $ofContent is given; it is where the search starts. A run's artifacts are
// those recorded in it and those its steps created. $storyId, $runId, $stepId, $contentHash, $state, $type narrow
// further, or are null. $beforeAt, $afterId, $offset, $limit as in read-page.cypher. Columns: total, page [{artifact, place}].
CALL () {
  MATCH (:Story {id: $ofStory})-[:LINKED_AS]->(a:Artifact)
  RETURN a
  UNION
  MATCH (:Run {id: $ofRun})-[:RECORDED]->(a:Artifact)
  RETURN a
  UNION
  MATCH (:Run {id: $ofRun})<-[:STEP_OF]-(:Step)<-[:CREATED_BY]-(a:Artifact)
  RETURN a
  UNION
  MATCH (:Step {id: $ofStep})<-[:CREATED_BY]-(a:Artifact)
  RETURN a
  UNION
  MATCH (a:Artifact {contentHash: $ofContent})
  RETURN a
}
WITH a
WHERE ($state IS NULL OR a.lifecycleState = $state)
  AND ($type IS NULL OR a.type = $type)
  AND ($contentHash IS NULL OR a.contentHash = $contentHash)
  AND ($stepId IS NULL OR EXISTS { (a)-[:CREATED_BY]->(s:Step WHERE s.id = $stepId) })
  AND ($storyId IS NULL OR EXISTS { (a)<-[:LINKED_AS]-(s:Story WHERE s.id = $storyId) })
  AND ($runId IS NULL OR EXISTS { (a)<-[:RECORDED]-(r:Run WHERE r.id = $runId) }
    OR EXISTS { (a)-[:CREATED_BY]->(:Step)-[:STEP_OF]->(r:Run WHERE r.id = $runId) })
WITH collect(a) AS matching
RETURN size(matching) AS total,
  COLLECT {
    UNWIND matching AS a
    WITH a
    WHERE a.createdAt <= datetime($beforeAt)
      AND CASE a.createdAt WHEN datetime($beforeAt) THEN a.id > $afterId ELSE true END
    WITH a ORDER BY a.createdAt DESC, a.id SKIP $offset LIMIT $limit
    RETURN {artifact: @artifact(a), place: toString(a.createdAt)}
  } AS page
