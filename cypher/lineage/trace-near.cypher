// Who is up or down the provenance of some artifacts, nearest first, for many requests at once. A breadth-first search
// visits each artifact once, so the work grows with the answer and never with the number of ways through the graph.
// $requests: [{artifactIds, expansions: [{relationships, sign}], depth, limit, edges, properties, edgeProperties}]
//   relationships is APOC's filter (DERIVED_FROM>|…); sign 1 is upstream, -1 downstream;
//   depth and limit are those of the answer: the search looks one further to know whether they cut it;
//   edges asks for the edges among the artifacts of the answer; properties and edgeProperties name what else to give.
// Columns: request (position in $requests), found (ids of the given artifacts that exist), beyond (something lies deeper),
//   over (more than limit in all: edges and properties are then left out), members and links, both JSON text (one string
//   is read many times faster than lists): members [ids, numbers, depths, createdAt, …properties], the
//   given ones first with depth 0, depths negative downstream; links [products, sources, types, …edgeProperties] by
//   number, whose sources may be no members. The numbers are the database's own: a tenth of an id, and found at once.
UNWIND range(0, size($requests) - 1) AS request
WITH request, $requests[request] AS q
CALL (q) {
  MATCH (a:Artifact) WHERE a.id IN q.artifactIds
  RETURN collect(a) AS given
}
CALL (given, q) {
  UNWIND q.expansions AS expansion
  CALL apoc.path.expandConfig(given, {relationshipFilter: expansion.relationships, minLevel: 1, maxLevel: q.depth + 1, bfs: true, uniqueness: 'NODE_GLOBAL', limit: q.limit + 1}) YIELD path
  WITH last(nodes(path)) AS reached, length(path) AS depth, expansion.sign AS sign, q
  RETURN collect(CASE WHEN depth <= q.depth THEN reached END) AS near,
    collect(CASE WHEN depth <= q.depth THEN depth * sign END) AS depths,
    count(CASE WHEN depth > q.depth THEN 1 END) > 0 AS beyond
}
WITH request, q, given, depths, given + near AS members, beyond, size(near) > q.limit AS over
CALL (members, q, over) {
  UNWIND CASE WHEN q.edges AND NOT over THEN members ELSE [] END AS product
  MATCH (product)-[r:DERIVED_FROM|VARIANT_OF|TRANSCODED_FROM]->()
  RETURN collect(r) AS edges
}
RETURN request, [a IN given | a.id] AS found, beyond, over,
  apoc.convert.toJson(
    [[a IN members | a.id], [a IN members | id(a)], [a IN given | 0] + depths, [a IN members | a.createdAt.epochMillis]] +
    [p IN CASE WHEN over THEN [] ELSE q.properties END |
      [a IN members | CASE p WHEN 'storedAt' THEN a.storedAt.epochMillis ELSE a[p] END]]) AS members,
  apoc.convert.toJson(
    [[r IN edges | id(startNode(r))], [r IN edges | id(endNode(r))], [r IN edges | type(r)]] +
    [p IN CASE WHEN over THEN [] ELSE q.edgeProperties END |
      [r IN edges | CASE p WHEN 'createdAt' THEN r.createdAt.epochMillis ELSE r[p] END]]) AS links
