// The first of these ids that no artifact has. $ids. Columns: id; no row when all are known.
UNWIND $ids AS id
WITH id WHERE NOT EXISTS { MATCH (:Artifact {id: id}) }
RETURN id
LIMIT 1
