// What nodes that stay stand on: the sources and the step of an artifact, the run of a step, the story of a run.
// $artifactIds, $stepIds, $runIds. Columns: kind, id.
CALL () {
  UNWIND $artifactIds AS start
  MATCH (:Artifact {id: start})-[:DERIVED_FROM|VARIANT_OF|TRANSCODED_FROM]->(source)
  RETURN 'artifact' AS kind, source.id AS id
  UNION
  UNWIND $artifactIds AS start
  MATCH (:Artifact {id: start})-[:CREATED_BY]->(step)
  RETURN 'step' AS kind, step.id AS id
  UNION
  UNWIND $stepIds AS start
  MATCH (:Step {id: start})-[:STEP_OF]->(run)
  RETURN 'run' AS kind, run.id AS id
  UNION
  UNWIND $runIds AS start
  MATCH (:Run {id: start})-[:RUN_OF]->(story)
  RETURN 'story' AS kind, story.id AS id
}
RETURN kind, id
