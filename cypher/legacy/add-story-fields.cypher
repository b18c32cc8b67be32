// Gives stories that were made before their import the fields of their old rows; only fields that they do not have.
// $rows: [{id, safetyScore, fields}]; their locks are held.
UNWIND $rows AS row
MATCH (s:Story {id: row.id})
SET s += row.fields
FOREACH (score IN CASE WHEN row.safetyScore IS NULL THEN [] ELSE [row.safetyScore] END | SET s.safetyScore = toFloat(score))
