// Records the stages of artifacts in runs. Both ends exist, their locks are held.
// $records, as columns.
UNWIND range(0, size($records.id) - 1) AS n
MATCH (run:Run {id: $records.runId[n]})
MATCH (artifact:Artifact {id: $records.artifactId[n]})
CREATE (run)-[:RECORDED @runArtifact($records[n])]->(artifact)
