// Deletes relationships that an import made. The transaction has a maintenance grant.
// $linkKeys, $stageKeys, $derived, $variants, $transcoded (edge keys)
CALL () {
  UNWIND $linkKeys AS key
  MATCH ()-[r:LINKED_AS {linkKey: key}]->()
  DELETE r
  UNION ALL
  UNWIND $stageKeys AS key
  MATCH ()-[r:RECORDED {linkKey: key}]->()
  DELETE r
  UNION ALL
  UNWIND $derived AS key
  MATCH ()-[r:DERIVED_FROM {edgeKey: key}]->()
  DELETE r
  UNION ALL
  UNWIND $variants AS key
  MATCH ()-[r:VARIANT_OF {edgeKey: key}]->()
  DELETE r
  UNION ALL
  UNWIND $transcoded AS key
  MATCH ()-[r:TRANSCODED_FROM {edgeKey: key}]->()
  DELETE r
}
