// Artifacts by id: one index seek each. Ids that do not exist give no row.
// $ids. Columns: artifact.
UNWIND $ids AS id
MATCH (a:Artifact {id: id})
RETURN @artifact(a) AS artifact
