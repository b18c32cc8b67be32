// The steps that made some artifacts, and what these were made from directly.
// $ids. Columns: id, step (null where none is recorded), sources (artifact ids).
UNWIND $ids AS id
MATCH (a:Artifact {id: id})
OPTIONAL MATCH (a)-[:CREATED_BY]->(step:Step)
RETURN id, CASE WHEN step IS NULL THEN null ELSE @step(step) END AS step,
  [(a)-[:DERIVED_FROM|VARIANT_OF|TRANSCODED_FROM]->(source:Artifact) | source.id] AS sources
