// Provenance edges below the frontier that a lift may have to follow: up to 50 levels, through products whose
// generation is not above the ceiling. Read without locks, so it is a forecast.
// $frontier: ids, $ceiling. Columns: productId, generation (the product's), sourceId.
UNWIND $frontier AS id
MATCH (x:Artifact {id: id})
MATCH path = (x)<-[:DERIVED_FROM|VARIANT_OF|TRANSCODED_FROM*0..49]-(s:Artifact)
WHERE all(n IN nodes(path)[1..] WHERE n.generation <= $ceiling)
WITH DISTINCT s LIMIT 5000
MATCH (s)<-[:DERIVED_FROM|VARIANT_OF|TRANSCODED_FROM]-(p:Artifact)
WHERE p.generation <= $ceiling
RETURN p.id AS productId, p.generation AS generation, s.id AS sourceId
