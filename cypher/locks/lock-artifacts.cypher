// Takes the write lock of artifacts in the order given, then reads what the lock protects.
// The id is set to itself because it never changes: the right side of SET is read before the lock is taken, so
// setting the generation to itself would write back a value that another transaction has raised meanwhile.
// REMOVE, or SET of an absent property, would not lock.
// $ids: sorted. Columns: id, type, generation, lifecycleState; no row for an unknown id.
UNWIND $ids AS id
MATCH (a:Artifact {id: id})
SET a.id = a.id
RETURN a.id AS id, a.type AS type, a.generation AS generation, a.lifecycleState AS lifecycleState
