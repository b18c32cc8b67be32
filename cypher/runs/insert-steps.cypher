// Creates steps of runs, with the artifacts that they use. Runs and artifacts exist, their locks are held.
// $steps, as columns; uses is a list of ids.
UNWIND range(0, size($steps.id) - 1) AS n
MATCH (run:Run {id: $steps.runId[n]})
CREATE (step:Step @step($steps[n]))-[:STEP_OF]->(run)
WITH step, n
UNWIND $steps.uses[n] AS used
MATCH (a:Artifact {id: used})
CREATE (step)-[:USED]->(a)
