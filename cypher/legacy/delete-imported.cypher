// Deletes relationships and nodes that an import made, with what joins the nodes. The transaction has their locks and a
// maintenance grant. Then the Content nodes that no artifact has any more; their bytes stay until unused content is
// collected. $edges (`LINKED_AS X|Y|cover`, by type and key), $nodes (`artifact X`). Columns: contents (deleted).
CALL () {
  UNWIND [node IN $nodes WHERE node STARTS WITH 'artifact ' | substring(node, 9)] AS id
  MATCH (:Artifact {id: id})-[:HAS_CONTENT]->(c:Content)
  WITH DISTINCT c ORDER BY c.sha256
  RETURN collect(c) AS before
}
CALL () {
  UNWIND [edge IN $edges WHERE edge STARTS WITH 'LINKED_AS ' | substring(edge, 10)] AS key
  MATCH ()-[r:LINKED_AS {linkKey: key}]->()
  DELETE r
  UNION ALL
  UNWIND [edge IN $edges WHERE edge STARTS WITH 'RECORDED ' | substring(edge, 9)] AS key
  MATCH ()-[r:RECORDED {linkKey: key}]->()
  DELETE r
  UNION ALL
  UNWIND [edge IN $edges WHERE edge STARTS WITH 'DERIVED_FROM ' | substring(edge, 13)] AS key
  MATCH ()-[r:DERIVED_FROM {edgeKey: key}]->()
  DELETE r
  UNION ALL
  UNWIND [edge IN $edges WHERE edge STARTS WITH 'VARIANT_OF ' | substring(edge, 11)] AS key
  MATCH ()-[r:VARIANT_OF {edgeKey: key}]->()
  DELETE r
  UNION ALL
  UNWIND [edge IN $edges WHERE edge STARTS WITH 'TRANSCODED_FROM ' | substring(edge, 16)] AS key
  MATCH ()-[r:TRANSCODED_FROM {edgeKey: key}]->()
  DELETE r
}
CALL () {
  UNWIND [node IN $nodes WHERE node STARTS WITH 'artifact ' | substring(node, 9)] AS id
  MATCH (n:Artifact {id: id})
  DETACH DELETE n
  UNION ALL
  UNWIND [node IN $nodes WHERE node STARTS WITH 'step ' | substring(node, 5)] AS id
  MATCH (n:Step {id: id})
  DETACH DELETE n
  UNION ALL
  UNWIND [node IN $nodes WHERE node STARTS WITH 'run ' | substring(node, 4)] AS id
  MATCH (n:Run {id: id})
  DETACH DELETE n
  UNION ALL
  UNWIND [node IN $nodes WHERE node STARTS WITH 'story ' | substring(node, 6)] AS id
  MATCH (n:Story {id: id})
  DETACH DELETE n
}
CALL (before) {
  UNWIND before AS c
  SET c.store = c.store
  WITH c
  WHERE NOT EXISTS { MATCH (c)<-[:HAS_CONTENT]-() }
  DELETE c
  RETURN count(*) AS contents
}
RETURN contents
