// Products of artifacts whose lock this transaction holds, so the list is complete.
// $ids. Columns: productId, generation (the product's), sourceId.
UNWIND $ids AS id
MATCH (s:Artifact {id: id})<-[:DERIVED_FROM|VARIANT_OF|TRANSCODED_FROM]-(p:Artifact)
RETURN p.id AS productId, p.generation AS generation, s.id AS sourceId
