// How many nodes of each kind there are, from the count store. No parameters. Columns: artifacts, runs, steps, stories.
CALL () { MATCH (a:Artifact) RETURN count(a) AS artifacts }
CALL () { MATCH (r:Run) RETURN count(r) AS runs }
CALL () { MATCH (s:Step) RETURN count(s) AS steps }
CALL () { MATCH (s:Story) RETURN count(s) AS stories }
RETURN artifacts, runs, steps, stories
