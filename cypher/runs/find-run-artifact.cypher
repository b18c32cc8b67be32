// The record of a stage, by its key. $linkKey. Columns: link; no row where there is none.
MATCH ()-[r:RECORDED {linkKey: $linkKey}]->()
RETURN @runArtifact(r) AS link
