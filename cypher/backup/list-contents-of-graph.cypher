// What a database holds besides its schema. Columns: label, count; most first.
MATCH (n)
WHERE NOT n:Lock AND NOT n:SchemaMigration AND NOT n:ContentBinding
  AND NOT n:WebhookSubscription AND NOT n:WebhookDeadLetter
UNWIND CASE WHEN size(labels(n)) = 0 THEN ['(no label)'] ELSE labels(n) END AS label
RETURN label, count(*) AS count
ORDER BY count DESC, label
