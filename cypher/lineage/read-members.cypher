// Artifacts of a lineage, in the order of $ids, as JSON text: a string is read many times faster than a list.
// $ids. Columns: artifacts (JSON text, a row of each).
UNWIND range(0, size($ids) - 1) AS place
MATCH (a:Artifact {id: $ids[place]})
WITH place, @artifact(a) AS artifact ORDER BY place
RETURN apoc.convert.toJson(collect(artifact)) AS artifacts
