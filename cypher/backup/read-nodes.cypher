// Every node but those that the schema itself keeps, in no order; each with the relationships that have to be written
// together with it. An end is [label, key]; key is null where the label has no unique key.
// Columns: labels, properties, floats (names of properties that are FLOAT, or lists of them), births (with the same).
MATCH (n)
WHERE NOT n:Lock AND NOT n:SchemaMigration AND NOT n:ContentBinding
  AND NOT n:WebhookSubscription AND NOT n:WebhookDeadLetter
RETURN labels(n) AS labels, properties(n) AS properties,
  [k IN keys(n) WHERE n[k] IS :: FLOAT OR n[k] IS :: LIST<FLOAT> | k] AS floats,
  [(n)-[r:CREATED_BY|HAS_CONTENT]->(m) | {
    type: type(r), properties: properties(r),
    floats: [k IN keys(r) WHERE r[k] IS :: FLOAT OR r[k] IS :: LIST<FLOAT> | k],
    to: CASE
      WHEN m:Artifact THEN ['Artifact', m.id]
      WHEN m:Content THEN ['Content', m.sha256]
      WHEN m:Run THEN ['Run', m.id]
      WHEN m:Step THEN ['Step', m.id]
      WHEN m:Story THEN ['Story', m.id]
      WHEN m:LegacyImport THEN ['LegacyImport', m.key]
      WHEN m:IdempotencyKey THEN ['IdempotencyKey', m.key]
      ELSE [head(labels(m)), null] END
  }] AS births
