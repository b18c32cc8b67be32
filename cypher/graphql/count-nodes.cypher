// How many nodes of each kind there are, from the count store. No parameters. Columns: kind, nodes.
MATCH (n:Artifact) WITH count(n) AS nodes RETURN 'artifacts' AS kind, nodes
UNION ALL
MATCH (n:Run) WITH count(n) AS nodes RETURN 'runs' AS kind, nodes
UNION ALL
MATCH (n:Step) WITH count(n) AS nodes RETURN 'steps' AS kind, nodes
UNION ALL
MATCH (n:Story) WITH count(n) AS nodes RETURN 'stories' AS kind, nodes
