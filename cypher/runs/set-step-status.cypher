// Ends a step from the status that its caller saw (compare and set).
// $id, $from, $to, $output (stored JSON), $error, $now. Columns: step.
MATCH (step:Step {id: $id})
WHERE step.status = $from
SET step.status = $to, step.output = $output, step.error = $error, step.completedAt = datetime({epochMillis: $now})
RETURN @step(step) AS step
