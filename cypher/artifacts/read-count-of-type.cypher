// How many artifacts have this type, from the index alone. $type. Columns: total.
MATCH (a:Artifact)
USING INDEX a:Artifact(type, createdAt)
WHERE a.type = $type AND a.createdAt IS NOT NULL
RETURN count(a) AS total
