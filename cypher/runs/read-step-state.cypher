// The status of a step. $id. Columns: status.
MATCH (step:Step {id: $id})
RETURN step.status AS status
