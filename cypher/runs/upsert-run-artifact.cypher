// Records the stage of an artifact in a run, once for each stage. Both locks are held.
// $id, $runId, $artifactId, $stage, $linkKey, $now. Columns: link, created.
MATCH (run:Run {id: $runId})
MATCH (artifact:Artifact {id: $artifactId})
OPTIONAL MATCH ()-[existing:RECORDED {linkKey: $linkKey}]->()
FOREACH (_ IN CASE WHEN existing IS NULL THEN [1] ELSE [] END |
  CREATE (run)-[:RECORDED {id: $id, stage: $stage, linkKey: $linkKey, createdAt: datetime({epochMillis: $now})}]->(artifact))
WITH existing IS NULL AS created
MATCH (run:Run)-[r:RECORDED {linkKey: $linkKey}]->(artifact:Artifact)
RETURN r {.id, .stage, runId: run.id, artifactId: artifact.id, createdAt: r.createdAt.epochMillis} AS link, created
