// The artifact that a story shows in a role, found by the key of the slot. $primarySlot. Columns: artifact.
MATCH (:Story)-[l:LINKED_AS {primarySlot: $primarySlot}]->(a:Artifact)
RETURN @artifact(a) AS artifact
