// Creates imported stories with the fields of their old rows.
// $rows, as columns: {id, title, createdAt, storedAt, safetyScore, fields}; times in milliseconds since 1970 UTC,
// fields a map.
UNWIND range(0, size($rows.id) - 1) AS n
CREATE (s:Story)
SET s = $rows.fields[n], s.id = $rows.id[n], s.title = coalesce($rows.title[n], s.title),
  s.safetyScore = toFloat($rows.safetyScore[n]), s.createdAt = datetime({epochMillis: $rows.createdAt[n]}),
  s.storedAt = datetime({epochMillis: $rows.storedAt[n]})
