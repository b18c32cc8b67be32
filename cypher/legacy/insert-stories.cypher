// Creates imported stories with the fields of their old rows.
// $rows: [{id, title, createdAt, storedAt, safetyScore, fields}]; times in milliseconds since 1970 UTC, fields a map.
UNWIND $rows AS row
CREATE (s:Story)
SET s = row.fields, s.id = row.id, s.title = coalesce(row.title, s.title), s.safetyScore = toFloat(row.safetyScore),
  s.createdAt = datetime({epochMillis: row.createdAt}), s.storedAt = datetime({epochMillis: row.storedAt})
