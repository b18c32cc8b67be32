// Takes the place of an import and moves it on, if it is where the importer thinks it is. No row: somebody else moved it.
// $before, $lines, $sha256. Columns: lines.
MERGE (l:Lock {name: 'import'})
ON CREATE SET l.lines = 0
WITH l WHERE l.lines = $before
SET l.lines = $lines, l.sha256 = $sha256
RETURN l.lines AS lines
