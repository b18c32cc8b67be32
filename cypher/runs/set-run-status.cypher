// Moves a run from the status that its caller saw (compare and set); the first move to running sets startedAt,
// an end state sets completedAt.
// $id, $from, $to, $summary (stored JSON, null keeps what is there), $ended, $now. Columns: run.
MATCH (run:Run {id: $id})
WHERE run.status = $from
SET run.status = $to, run.summary = coalesce($summary, run.summary),
  run.startedAt = CASE WHEN $to = 'running' THEN datetime({epochMillis: $now}) ELSE run.startedAt END,
  run.completedAt = CASE WHEN $ended THEN datetime({epochMillis: $now}) END
RETURN @run(run) AS run
