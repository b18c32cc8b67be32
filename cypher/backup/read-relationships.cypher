// Every relationship but those that read-nodes.cypher gives with their node, in no order. An end is [label, key]; key
// is null where the label has no unique key. Columns: type, from, to, properties, floats (names of FLOAT properties).
MATCH (a)-[r]->(b)
WHERE NOT type(r) IN ['CREATED_BY', 'HAS_CONTENT']
RETURN type(r) AS type, properties(r) AS properties,
  [k IN keys(r) WHERE r[k] IS :: FLOAT OR r[k] IS :: LIST<FLOAT> | k] AS floats,
  CASE
    WHEN a:Artifact THEN ['Artifact', a.id]
    WHEN a:Content THEN ['Content', a.sha256]
    WHEN a:Run THEN ['Run', a.id]
    WHEN a:Step THEN ['Step', a.id]
    WHEN a:Story THEN ['Story', a.id]
    WHEN a:LegacyImport THEN ['LegacyImport', a.key]
    WHEN a:IdempotencyKey THEN ['IdempotencyKey', a.key]
    ELSE [head(labels(a)), null] END AS from,
  CASE
    WHEN b:Artifact THEN ['Artifact', b.id]
    WHEN b:Content THEN ['Content', b.sha256]
    WHEN b:Run THEN ['Run', b.id]
    WHEN b:Step THEN ['Step', b.id]
    WHEN b:Story THEN ['Story', b.id]
    WHEN b:LegacyImport THEN ['LegacyImport', b.key]
    WHEN b:IdempotencyKey THEN ['IdempotencyKey', b.key]
    ELSE [head(labels(b)), null] END AS to
