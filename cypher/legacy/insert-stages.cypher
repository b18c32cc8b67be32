// Records the stages of imported artifacts in imported runs.
// $rows, as columns: {id, runId, artifactId, stage, createdAt}; createdAt in milliseconds since 1970 UTC.
UNWIND range(0, size($rows.id) - 1) AS n
MATCH (run:Run {id: $rows.runId[n]})
WITH n, run
MATCH (artifact:Artifact {id: $rows.artifactId[n]})
CREATE (run)-[:RECORDED {
  id: $rows.id[n], stage: $rows.stage[n], linkKey: $rows.runId[n] + '|' + $rows.artifactId[n] + '|' + $rows.stage[n],
  createdAt: datetime({epochMillis: $rows.createdAt[n]})
}]->(artifact)
