// Gives stories that were made before their import the fields of their old rows; only fields that they do not have.
// $rows, as columns: {id, safetyScore, fields}; their locks are held.
UNWIND range(0, size($rows.id) - 1) AS n
MATCH (s:Story {id: $rows.id[n]})
SET s += $rows.fields[n]
FOREACH (_ IN CASE WHEN $rows.safetyScore[n] IS NULL THEN [] ELSE [1] END | SET s.safetyScore = toFloat($rows.safetyScore[n]))
