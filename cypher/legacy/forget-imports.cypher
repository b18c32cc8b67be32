// Deletes import records. $keys
UNWIND $keys AS key
MATCH (i:LegacyImport {key: key})
DELETE i
