// Which sources of a story's artifacts something of another story was made from, on a way beside that story's own.
// $artifactIds: all sources; $ownIds: the story's own; $storyId.
// Columns: id, products (those that are sources too), storyId (another story, or null).
UNWIND $artifactIds AS id
MATCH (a:Artifact {id: id})
CALL (a) {
  MATCH (a)<-[:DERIVED_FROM|VARIANT_OF|TRANSCODED_FROM]-(product)
  WITH DISTINCT product
  WHERE NOT product.id IN $ownIds AND NOT product.id IN $artifactIds
  MATCH (product)<-[:DERIVED_FROM|VARIANT_OF|TRANSCODED_FROM*0..1000]-(x)
  WITH DISTINCT x
  CALL (x) {
    MATCH (x)<-[:LINKED_AS]-(s:Story)
    RETURN s
    UNION
    MATCH (x)<-[:RECORDED]-(:Run)-[:RUN_OF]->(s:Story)
    RETURN s
    UNION
    MATCH (x)-[:CREATED_BY]->(:Step)-[:STEP_OF]->(:Run)-[:RUN_OF]->(s:Story)
    RETURN s
  }
  WITH s WHERE s.id <> $storyId
  RETURN min(s.id) AS storyId
}
RETURN id, storyId,
  [(a)<-[:DERIVED_FROM|VARIANT_OF|TRANSCODED_FROM]-(product) WHERE product.id IN $artifactIds | product.id] AS products
