// Which artifacts other stories show, or other stories' runs recorded or created. $artifactIds, $storyId ('' for none).
// Columns: id, storyId.
UNWIND $artifactIds AS id
MATCH (a:Artifact {id: id})
CALL (a) {
  MATCH (a)<-[:LINKED_AS]-(s:Story)
  RETURN s
  UNION
  MATCH (a)<-[:RECORDED]-(:Run)-[:RUN_OF]->(s:Story)
  RETURN s
  UNION
  MATCH (a)-[:CREATED_BY]->(:Step)-[:STEP_OF]->(:Run)-[:RUN_OF]->(s:Story)
  RETURN s
}
WITH id, s
WHERE s.id <> $storyId
RETURN id, min(s.id) AS storyId
