// What a story is made of: its runs, their steps, and the artifacts that it shows or that its runs recorded or created.
// $storyId. Columns: runIds, stepIds, artifactIds (with repetitions); no row for an unknown story.
MATCH (s:Story {id: $storyId})
RETURN [(s)<-[:RUN_OF]-(r:Run) | r.id] AS runIds,
  [(s)<-[:RUN_OF]-(:Run)<-[:STEP_OF]-(p:Step) | p.id] AS stepIds,
  [(s)-[:LINKED_AS]->(a:Artifact) | a.id] + [(s)<-[:RUN_OF]-(:Run)-[:RECORDED]->(a:Artifact) | a.id] +
    [(s)<-[:RUN_OF]-(:Run)<-[:STEP_OF]-(:Step)<-[:CREATED_BY]-(a:Artifact) | a.id] AS artifactIds
