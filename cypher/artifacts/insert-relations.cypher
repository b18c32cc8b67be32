// Creates provenance edges; both ends exist and the product's generation is greater than the source's.
// $relations, as columns; type is one of the three of the model.
UNWIND range(0, size($relations.id) - 1) AS n
MATCH (product:Artifact {id: $relations.productId[n]})
MATCH (source:Artifact {id: $relations.sourceId[n]})
CREATE (product)-[:$($relations.type[n]) @relation($relations[n])]->(source)
