// Gives stories the fields of their old rows: new ones all of them, others those that they do not have.
// $rows, as columns: {id, safetyScore, fields}; the locks of those that were there are held.
UNWIND range(0, size($rows.id) - 1) AS n
MATCH (s:Story {id: $rows.id[n]})
SET s += $rows.fields[n]
FOREACH (_ IN CASE WHEN $rows.safetyScore[n] IS NULL THEN [] ELSE [1] END | SET s.safetyScore = toFloat($rows.safetyScore[n]))
