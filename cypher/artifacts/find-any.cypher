// Whether the graph has any artifact or story. No parameters. Columns: empty.
RETURN NOT EXISTS { MATCH (:Artifact) } AND NOT EXISTS { MATCH (:Story) } AS empty
