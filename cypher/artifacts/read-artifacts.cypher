// Artifacts by id: one index seek each. Ids that do not exist give no row.
// $ids. Columns: artifact.
UNWIND $ids AS id
MATCH (a:Artifact {id: id})
RETURN a {.*, createdAt: a.createdAt.epochMillis, storedAt: a.storedAt.epochMillis,
  createdByStepId: head([(a)-[:CREATED_BY]->(step) | step.id])} AS artifact
