// The shortest way from a product down to an artifact made from it: what an edge to it would close.
// $productId, $sourceId. Columns: path (ids, product first).
MATCH (product:Artifact {id: $productId}), (source:Artifact {id: $sourceId})
MATCH path = shortestPath((product)<-[:DERIVED_FROM|VARIANT_OF|TRANSCODED_FROM*]-(source))
RETURN [n IN nodes(path) | n.id] AS path
