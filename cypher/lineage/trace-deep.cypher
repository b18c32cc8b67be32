// Everything that is up or down the provenance of one artifact: tens of thousands of artifacts in a fraction of a
// second. The planner answers min(length(path)) by a breadth-first search that prunes what it has seen
// (VarLengthExpand(Pruning,BFS)), several times faster than trace-near.cypher; it cannot stop early, and its bound is
// part of the text: 1001 is one level more than any request may ask for.
// $artifactId, $upstream, $downstream, $depth, $limit, $edges, $properties, $edgeProperties
// Columns: beyond, over as in trace-near.cypher; ids, depths, createdAt, properties, links as JSON text. A string is read
// many times faster than a list, and links speak of artifacts by number (`numbers`, in the order of `ids`), as there.
MATCH (a:Artifact {id: $artifactId})
CALL (a) {
  CALL (a) {
    WITH a WHERE $upstream
    MATCH path = (a)-[:DERIVED_FROM|VARIANT_OF|TRANSCODED_FROM*1..1001]->(x)
    RETURN x, min(length(path)) AS depth, 1 AS sign
  UNION ALL
    WITH a WHERE $downstream
    MATCH path = (a)<-[:DERIVED_FROM|VARIANT_OF|TRANSCODED_FROM*1..1001]-(x)
    RETURN x, min(length(path)) AS depth, -1 AS sign
  }
  WITH x, depth, sign, depth > $depth AS far
  RETURN collect(CASE WHEN NOT far THEN x END) AS near, collect(CASE WHEN NOT far THEN depth * sign END) AS depths,
    count(CASE WHEN far THEN 1 END) > 0 AS beyond
}
WITH [a] + near AS members, [0] + depths AS depths, beyond, size(near) > $limit AS over
CALL (members, over) {
  UNWIND CASE WHEN $edges AND NOT over THEN members ELSE [] END AS product
  MATCH (product)-[r:DERIVED_FROM|VARIANT_OF|TRANSCODED_FROM]->()
  RETURN collect(r) AS edges
}
RETURN beyond, over,
  apoc.convert.toJson([a IN members | a.id]) AS ids,
  apoc.convert.toJson(depths) AS depths,
  apoc.convert.toJson([a IN members | a.createdAt.epochMillis]) AS createdAt,
  apoc.convert.toJson([a IN members | id(a)]) AS numbers,
  apoc.convert.toJson([p IN CASE WHEN over THEN [] ELSE $properties END |
    [a IN members | CASE p WHEN 'storedAt' THEN a.storedAt.epochMillis ELSE a[p] END]]) AS properties,
  apoc.convert.toJson([[r IN edges | id(startNode(r))], [r IN edges | id(endNode(r))],
    [r IN edges | CASE type(r) WHEN 'DERIVED_FROM' THEN 0 WHEN 'VARIANT_OF' THEN 1 ELSE 2 END]]) AS links,
  apoc.convert.toJson([p IN CASE WHEN over THEN [] ELSE $edgeProperties END |
    [r IN edges | CASE p WHEN 'createdAt' THEN r.createdAt.epochMillis ELSE r[p] END]]) AS linkProperties
