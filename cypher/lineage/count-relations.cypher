// How many relations some artifacts have: a node knows that by type, however many they are.
// $ids, $types (which to count). Columns: sources, products (numbers, in the order of $ids; 0 for what does not exist).
UNWIND $ids AS id
OPTIONAL MATCH (a:Artifact {id: id})
WITH a, 'DERIVED_FROM' IN $types AS derived, 'VARIANT_OF' IN $types AS variant, 'TRANSCODED_FROM' IN $types AS transcoded
RETURN
  collect(CASE WHEN derived THEN COUNT { (a)-[:DERIVED_FROM]->() } ELSE 0 END
    + CASE WHEN variant THEN COUNT { (a)-[:VARIANT_OF]->() } ELSE 0 END
    + CASE WHEN transcoded THEN COUNT { (a)-[:TRANSCODED_FROM]->() } ELSE 0 END) AS sources,
  collect(CASE WHEN derived THEN COUNT { (a)<-[:DERIVED_FROM]-() } ELSE 0 END
    + CASE WHEN variant THEN COUNT { (a)<-[:VARIANT_OF]-() } ELSE 0 END
    + CASE WHEN transcoded THEN COUNT { (a)<-[:TRANSCODED_FROM]-() } ELSE 0 END) AS products
