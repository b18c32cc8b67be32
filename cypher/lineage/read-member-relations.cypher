// The relations by which some artifacts were made, as JSON text: a string is read many times faster than a list.
// $ids (of the products). Columns: relations (JSON text, a row of each).
UNWIND $ids AS id
MATCH (:Artifact {id: id})-[r:DERIVED_FROM|VARIANT_OF|TRANSCODED_FROM]->()
RETURN apoc.convert.toJson(collect(@relation(r))) AS relations
