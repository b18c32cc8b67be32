// Moves artifacts, each only from the state that its caller saw (compare and set).
// $moves: [{id, from, to}]. Columns: id of each artifact moved.
UNWIND $moves AS move
MATCH (a:Artifact {id: move.id})
WHERE a.lifecycleState = move.from
SET a.lifecycleState = move.to
RETURN a.id AS id
