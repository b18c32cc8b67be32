// Runs that callers know under their own ids.
// $externalIds. Columns: run.
UNWIND $externalIds AS externalId
MATCH (run:Run {externalId: externalId})
RETURN run {.*, createdAt: run.createdAt.epochMillis, startedAt: run.startedAt.epochMillis,
  completedAt: run.completedAt.epochMillis, storyId: head([(run)-[:RUN_OF]->(s) | s.id])} AS run
