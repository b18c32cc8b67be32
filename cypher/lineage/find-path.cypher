// The shortest way from a product up to one of its ancestors: a search from both ends, polynomial on any shape.
// $fromArtifactId (the source), $toArtifactId (the product).
// Columns: path (ids, source first; null when there is none or when the two are one), found (which of the two exist).
OPTIONAL MATCH (source:Artifact {id: $fromArtifactId})
OPTIONAL MATCH (product:Artifact {id: $toArtifactId})
CALL (source, product) {
  WITH source, product WHERE source IS NOT NULL AND product IS NOT NULL AND source <> product
  MATCH way = shortestPath((product)-[:DERIVED_FROM|VARIANT_OF|TRANSCODED_FROM*]->(source))
  RETURN collect(reverse([n IN nodes(way) | n.id])) AS ways
}
RETURN head(ways) AS path, [n IN [source, product] WHERE n IS NOT NULL | n.id] AS found
