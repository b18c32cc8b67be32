// Artifacts of a lineage, as JSON text: a string is read many times faster than a list. They are found by the database's
// own numbers: at once, where an id has to be looked up. A number whose artifact was erased may be another node's by now.
// $numbers. Columns: artifacts (JSON text, a row of each; in no order).
UNWIND $numbers AS number
MATCH (a) WHERE id(a) = number
RETURN apoc.convert.toJson(collect(@artifact(a))) AS artifacts
