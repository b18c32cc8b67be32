// Sets the generations found by a lift.
// $raises: [{id, generation}]; their locks are held.
UNWIND $raises AS raise
MATCH (a:Artifact {id: raise.id})
SET a.generation = raise.generation
