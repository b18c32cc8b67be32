// Deletes import records, and takes away the fields that the imports added to stories of others; the stories' locks are
// held. $keys
UNWIND $keys AS key
MATCH (i:LegacyImport {key: key})
CALL (i) {
  UNWIND coalesce(i.addedFields, []) AS field
  MATCH (s:Story {id: i.sourceId})
  SET s[field] = null
}
DELETE i
