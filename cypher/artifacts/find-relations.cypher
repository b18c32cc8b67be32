// Which of these provenance edges exist already: a seek by key in the constraint's index of each type.
// $derived, $variants, $transcoded: edge keys. Columns: type, edgeKey.
CALL () {
  UNWIND $derived AS edgeKey
  MATCH ()-[r:DERIVED_FROM {edgeKey: edgeKey}]->()
  RETURN r
  UNION ALL
  UNWIND $variants AS edgeKey
  MATCH ()-[r:VARIANT_OF {edgeKey: edgeKey}]->()
  RETURN r
  UNION ALL
  UNWIND $transcoded AS edgeKey
  MATCH ()-[r:TRANSCODED_FROM {edgeKey: edgeKey}]->()
  RETURN r
}
RETURN type(r) AS type, r.edgeKey AS edgeKey
