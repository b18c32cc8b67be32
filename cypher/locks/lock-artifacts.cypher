// Takes the write lock of artifacts in the order given, then reads what the lock protects.
// SET to itself locks before it reads; REMOVE or SET of an absent property would not lock.
// $ids: sorted. Columns: id, generation, lifecycleState; no row for an unknown id.
UNWIND $ids AS id
MATCH (a:Artifact {id: id})
SET a.generation = a.generation
RETURN a.id AS id, a.generation AS generation, a.lifecycleState AS lifecycleState
