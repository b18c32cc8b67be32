// How many artifacts there are, from the count store. Columns: total.
MATCH (a:Artifact)
RETURN count(a) AS total
