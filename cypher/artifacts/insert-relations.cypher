// Creates provenance edges; both ends exist and the product's generation is greater than the source's.
// $relations: [{id, productId, sourceId, type, edgeKey, metadata, createdAt}]; type is one of the three of the model.
UNWIND $relations AS row
MATCH (product:Artifact {id: row.productId})
MATCH (source:Artifact {id: row.sourceId})
CREATE (product)-[:$(row.type) {
  id: row.id, edgeKey: row.edgeKey, metadata: row.metadata, createdAt: datetime({epochMillis: row.createdAt})
}]->(source)
