// The relations by which some artifacts were made, found and given as in read-members.cypher.
// $numbers (of the products). Columns: relations (JSON text, a row of each; in no order).
UNWIND $numbers AS number
MATCH (product) WHERE id(product) = number
MATCH (product)-[r:DERIVED_FROM|VARIANT_OF|TRANSCODED_FROM]->()
RETURN apoc.convert.toJson(collect(@relation(r))) AS relations
