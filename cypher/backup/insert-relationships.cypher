// Creates relationships of any type between nodes found by their unique keys (a label given as a parameter would not use
// an index). A row whose ends are not both there creates nothing and is missing from the answer.
// $rows: [{index, type, from: [label, key], to: [label, key], properties, floats, floatLists, times, timeLists}], see
// insert-nodes.cypher. Columns: index.
UNWIND $rows AS row
CALL (row) {
  WITH row WHERE row.from[0] = 'Artifact'
  MATCH (a:Artifact {id: row.from[1]}) RETURN a
  UNION ALL
  WITH row WHERE row.from[0] = 'Content'
  MATCH (a:Content {sha256: row.from[1]}) RETURN a
  UNION ALL
  WITH row WHERE row.from[0] = 'Run'
  MATCH (a:Run {id: row.from[1]}) RETURN a
  UNION ALL
  WITH row WHERE row.from[0] = 'Step'
  MATCH (a:Step {id: row.from[1]}) RETURN a
  UNION ALL
  WITH row WHERE row.from[0] = 'Story'
  MATCH (a:Story {id: row.from[1]}) RETURN a
  UNION ALL
  WITH row WHERE row.from[0] = 'LegacyImport'
  MATCH (a:LegacyImport {key: row.from[1]}) RETURN a
  UNION ALL
  WITH row WHERE row.from[0] = 'IdempotencyKey'
  MATCH (a:IdempotencyKey {key: row.from[1]}) RETURN a
}
CALL (row) {
  WITH row WHERE row.to[0] = 'Artifact'
  MATCH (b:Artifact {id: row.to[1]}) RETURN b
  UNION ALL
  WITH row WHERE row.to[0] = 'Content'
  MATCH (b:Content {sha256: row.to[1]}) RETURN b
  UNION ALL
  WITH row WHERE row.to[0] = 'Run'
  MATCH (b:Run {id: row.to[1]}) RETURN b
  UNION ALL
  WITH row WHERE row.to[0] = 'Step'
  MATCH (b:Step {id: row.to[1]}) RETURN b
  UNION ALL
  WITH row WHERE row.to[0] = 'Story'
  MATCH (b:Story {id: row.to[1]}) RETURN b
  UNION ALL
  WITH row WHERE row.to[0] = 'LegacyImport'
  MATCH (b:LegacyImport {key: row.to[1]}) RETURN b
  UNION ALL
  WITH row WHERE row.to[0] = 'IdempotencyKey'
  MATCH (b:IdempotencyKey {key: row.to[1]}) RETURN b
}
CREATE (a)-[r:$(row.type)]->(b)
SET r = row.properties
FOREACH (p IN row.floats | SET r[p.key] = toFloat(p.value))
FOREACH (p IN row.floatLists | SET r[p.key] = [x IN p.value | toFloat(x)])
FOREACH (p IN row.times | SET r[p.key] = datetime(p.value))
FOREACH (p IN row.timeLists | SET r[p.key] = [x IN p.value | datetime(x)])
RETURN row.index AS index
