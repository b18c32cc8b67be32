// Removes what is told of the provenance edges by which artifacts were made. The edges stay. $artifactIds
UNWIND $artifactIds AS id
MATCH (:Artifact {id: id})-[r:DERIVED_FROM|VARIANT_OF|TRANSCODED_FROM]->()
WHERE r.metadata IS NOT NULL
REMOVE r.metadata
