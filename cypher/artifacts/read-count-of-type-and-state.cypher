// How many artifacts have this type and state, from the index alone. $type, $state. Columns: total.
MATCH (a:Artifact)
USING INDEX a:Artifact(type, lifecycleState, createdAt)
WHERE a.type = $type AND a.lifecycleState = $state AND a.createdAt IS NOT NULL
RETURN count(a) AS total
