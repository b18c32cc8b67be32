// How far an unfinished import has come: that many lines of a file, and the SHA-256 of them. Columns: lines, sha256.
MATCH (l:Lock {name: 'import'})
RETURN l.lines AS lines, l.sha256 AS sha256
