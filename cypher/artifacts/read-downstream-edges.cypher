// Provenance edges below the frontier that a lift may have to follow: nearest first, through products whose generation
// is not above the ceiling. Read without locks, so it is a forecast. The shape of the predicate (all nodes of the
// path) is what lets the server prune: each artifact is visited once for each id of the frontier.
// $frontier: ids, a few; $ceiling. Columns: productId, generation (the product's), sourceId.
UNWIND $frontier AS id
MATCH (x:Artifact {id: id})
MATCH path = (x)<-[:DERIVED_FROM|VARIANT_OF|TRANSCODED_FROM*0..]-(s)
WHERE all(n IN nodes(path) WHERE n.generation <= $ceiling)
WITH DISTINCT s LIMIT 5000
MATCH (s)<-[:DERIVED_FROM|VARIANT_OF|TRANSCODED_FROM]-(p:Artifact)
WHERE p.generation <= $ceiling
RETURN p.id AS productId, p.generation AS generation, s.id AS sourceId
