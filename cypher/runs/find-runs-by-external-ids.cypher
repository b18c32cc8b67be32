// Runs that callers know under their own ids.
// $externalIds. Columns: run.
UNWIND $externalIds AS externalId
MATCH (run:Run {externalId: externalId})
RETURN @run(run) AS run
