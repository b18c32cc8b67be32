// Deletes relationships and nodes that an import made, with what joins the nodes. The transaction has their locks and a
// maintenance grant. $linkKeys, $stageKeys, $relationKeys (type, blank, edge key), $artifactIds, $stepIds, $runIds, $storyIds
CALL () {
  UNWIND $linkKeys AS key
  MATCH ()-[r:LINKED_AS {linkKey: key}]->()
  DELETE r
  UNION ALL
  UNWIND $stageKeys AS key
  MATCH ()-[r:RECORDED {linkKey: key}]->()
  DELETE r
  UNION ALL
  UNWIND [key IN $relationKeys WHERE key STARTS WITH 'DERIVED_FROM ' | substring(key, 13)] AS key
  MATCH ()-[r:DERIVED_FROM {edgeKey: key}]->()
  DELETE r
  UNION ALL
  UNWIND [key IN $relationKeys WHERE key STARTS WITH 'VARIANT_OF ' | substring(key, 11)] AS key
  MATCH ()-[r:VARIANT_OF {edgeKey: key}]->()
  DELETE r
  UNION ALL
  UNWIND [key IN $relationKeys WHERE key STARTS WITH 'TRANSCODED_FROM ' | substring(key, 16)] AS key
  MATCH ()-[r:TRANSCODED_FROM {edgeKey: key}]->()
  DELETE r
}
CALL () {
  UNWIND $artifactIds AS id
  MATCH (n:Artifact {id: id})
  DETACH DELETE n
  UNION ALL
  UNWIND $stepIds AS id
  MATCH (n:Step {id: id})
  DETACH DELETE n
  UNION ALL
  UNWIND $runIds AS id
  MATCH (n:Run {id: id})
  DETACH DELETE n
  UNION ALL
  UNWIND $storyIds AS id
  MATCH (n:Story {id: id})
  DETACH DELETE n
}
