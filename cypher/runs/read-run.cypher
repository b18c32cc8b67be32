// A run with everything that belongs to it: its steps in order, the artifacts that its steps created or that were
// recorded in it (newest first, each once), and the stages recorded. $id. Columns: run, steps, artifacts, links.
MATCH (run:Run {id: $id})
RETURN run {.*, createdAt: run.createdAt.epochMillis, startedAt: run.startedAt.epochMillis,
    completedAt: run.completedAt.epochMillis, storyId: head([(run)-[:RUN_OF]->(s) | s.id])} AS run,
  COLLECT {
    MATCH (run)<-[:STEP_OF]-(step:Step)
    RETURN step {.*, runId: run.id, uses: [(step)-[:USED]->(a) | a.id], createdAt: step.createdAt.epochMillis,
      startedAt: step.startedAt.epochMillis, completedAt: step.completedAt.epochMillis}
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
    RETURN a {.*, createdAt: a.createdAt.epochMillis, storedAt: a.storedAt.epochMillis,
      createdByStepId: head([(a)-[:CREATED_BY]->(step) | step.id])}
    ORDER BY a.createdAt DESC, a.id
  } AS artifacts,
  COLLECT {
    MATCH (run)-[r:RECORDED]->(a:Artifact)
    RETURN r {.id, .stage, runId: run.id, artifactId: a.id, createdAt: r.createdAt.epochMillis}
    ORDER BY r.createdAt, r.id
  } AS links
