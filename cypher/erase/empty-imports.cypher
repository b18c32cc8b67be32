// Removes what the import of old stories remembers of them besides ids: names of rows and files, and what was wrong with
// them. $sourceIds
UNWIND $sourceIds AS id
MATCH (i:LegacyImport {sourceId: id})
SET i.rowName = ''
REMOVE i.problems, i.files, i.reason
