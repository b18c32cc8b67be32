// Records the stages of imported artifacts in imported runs.
// $rows: [{id, runId, artifactId, stage, createdAt}]; createdAt in milliseconds since 1970 UTC.
UNWIND $rows AS row
MATCH (run:Run {id: row.runId})
WITH row, run
MATCH (artifact:Artifact {id: row.artifactId})
CREATE (run)-[:RECORDED {
  id: row.id, stage: row.stage, linkKey: row.runId + '|' + row.artifactId + '|' + row.stage,
  createdAt: datetime({epochMillis: row.createdAt})
}]->(artifact)
