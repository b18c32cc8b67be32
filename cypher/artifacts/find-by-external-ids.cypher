// Artifacts that callers know under their own ids, with everything that makes up their facts.
// $externalIds. Columns: artifact, sources [{artifactId, type, metadata}].
UNWIND $externalIds AS externalId
MATCH (a:Artifact {externalId: externalId})
RETURN @artifact(a) AS artifact,
  [(a)-[r:DERIVED_FROM|VARIANT_OF|TRANSCODED_FROM]->(s) | {artifactId: s.id, type: type(r), metadata: r.metadata}] AS sources
