// The shortest way from a product up to one of its ancestors: a search from both ends, polynomial on any shape.
// $fromArtifactId (the source), $toArtifactId (the product); two different artifacts.
// Columns: path (ids, source first), found (which of the two exist).
OPTIONAL MATCH (source:Artifact {id: $fromArtifactId})
OPTIONAL MATCH (product:Artifact {id: $toArtifactId})
OPTIONAL MATCH way = shortestPath((product)-[:DERIVED_FROM|VARIANT_OF|TRANSCODED_FROM*]->(source))
RETURN reverse([n IN nodes(way) | n.id]) AS path, [n IN [source, product] WHERE n IS NOT NULL | n.id] AS found
