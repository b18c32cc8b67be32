// How many artifacts are in this state, from the index alone. $state. Columns: total.
MATCH (a:Artifact)
USING INDEX a:Artifact(lifecycleState, createdAt)
WHERE a.lifecycleState = $state AND a.createdAt IS NOT NULL
RETURN count(a) AS total
