// A run with everything that belongs to it: its steps in order, the artifacts that its steps created or that were
// recorded in it (newest first, each once), and the stages recorded. $id. Columns: run, steps, artifacts, links.
MATCH (run:Run {id: $id})
RETURN @run(run) AS run,
  COLLECT {
    MATCH (run)<-[:STEP_OF]-(step:Step)
    RETURN @step(step)
    ORDER BY step.order, step.createdAt, step.id
  } AS steps,
  COLLECT {
    CALL (run) {
      MATCH (run)-[:RECORDED]->(a:Artifact)
      RETURN a
      UNION
      MATCH (run)<-[:STEP_OF]-(:Step)<-[:CREATED_BY]-(a:Artifact)
      RETURN a
    }
    RETURN @artifact(a)
    ORDER BY a.createdAt DESC, a.id
  } AS artifacts,
  COLLECT {
    MATCH (run)-[r:RECORDED]->(a:Artifact)
    RETURN @runArtifact(r)
    ORDER BY r.createdAt, r.id
  } AS links
