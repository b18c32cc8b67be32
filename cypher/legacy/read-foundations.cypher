// What nodes that stay stand on: the sources and the step of an artifact, the run of a step, the story of a run.
// $nodes (`artifact X`). Columns: node.
CALL () {
  UNWIND [node IN $nodes WHERE node STARTS WITH 'artifact ' | substring(node, 9)] AS start
  MATCH (:Artifact {id: start})-[:DERIVED_FROM|VARIANT_OF|TRANSCODED_FROM]->(source)
  RETURN 'artifact ' + source.id AS node
  UNION
  UNWIND [node IN $nodes WHERE node STARTS WITH 'artifact ' | substring(node, 9)] AS start
  MATCH (:Artifact {id: start})-[:CREATED_BY]->(step)
  RETURN 'step ' + step.id AS node
  UNION
  UNWIND [node IN $nodes WHERE node STARTS WITH 'step ' | substring(node, 5)] AS start
  MATCH (:Step {id: start})-[:STEP_OF]->(run)
  RETURN 'run ' + run.id AS node
  UNION
  UNWIND [node IN $nodes WHERE node STARTS WITH 'run ' | substring(node, 4)] AS start
  MATCH (:Run {id: start})-[:RUN_OF]->(story)
  RETURN 'story ' + story.id AS node
}
RETURN node
