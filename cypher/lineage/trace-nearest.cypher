// The `limit` nearest artifacts up or down the provenance of some artifacts, when there are more: ties of distance go
// to the oldest, then to the lesser id, so every artifact of the last distance has to be looked at.
// $artifactIds, $expansions, $depth (the distance within which the limit is reached), $limit, $edges, $properties,
//   $edgeProperties: as in trace-near.cypher. Columns: members, links as there.
CALL () {
  MATCH (a:Artifact) WHERE a.id IN $artifactIds
  RETURN collect(a) AS given
}
CALL (given) {
  UNWIND $expansions AS expansion
  CALL apoc.path.expandConfig(given, {relationshipFilter: expansion.relationships, minLevel: 1, maxLevel: $depth, bfs: true, uniqueness: 'NODE_GLOBAL'}) YIELD path
  WITH last(nodes(path)) AS reached, length(path) AS depth, expansion.sign AS sign
  ORDER BY depth, reached.createdAt, reached.id LIMIT $limit
  RETURN collect(reached) AS near, collect(depth * sign) AS depths
}
WITH given, depths, given + near AS members
CALL (members) {
  UNWIND CASE WHEN $edges THEN members ELSE [] END AS product
  MATCH (product)-[r:DERIVED_FROM|VARIANT_OF|TRANSCODED_FROM]->()
  RETURN collect(r) AS edges
}
RETURN apoc.convert.toJson(
    [[a IN members | a.id], [a IN members | id(a)], [a IN given | 0] + depths, [a IN members | a.createdAt.epochMillis]] +
    [p IN $properties | [a IN members | CASE p WHEN 'storedAt' THEN a.storedAt.epochMillis ELSE a[p] END]]) AS members,
  apoc.convert.toJson(
    [[r IN edges | id(startNode(r))], [r IN edges | id(endNode(r))], [r IN edges | type(r)]] +
    [p IN $edgeProperties |
      [r IN edges | CASE p WHEN 'createdAt' THEN r.createdAt.epochMillis ELSE r[p] END]]) AS links
