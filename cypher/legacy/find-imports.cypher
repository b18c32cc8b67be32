// What is remembered of earlier imports.
// $keys. Columns: key, digest, outcome, reason, rowName, troubled (true when files were missing or refused then).
UNWIND $keys AS key
MATCH (i:LegacyImport {key: key})
RETURN i.key AS key, i.digest AS digest, i.outcome AS outcome, i.reason AS reason,
  i.rowName AS rowName, i.files IS NOT NULL AS troubled
