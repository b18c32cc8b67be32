// The status of a run. $id. Columns: status.
MATCH (run:Run {id: $id})
RETURN run.status AS status
