// Takes away the fields that an import added to stories of others.
// $rows: [{id, fields (names)}]; the stories' locks are held.
UNWIND $rows AS row
MATCH (s:Story {id: row.id})
UNWIND row.fields AS field
SET s[field] = null
