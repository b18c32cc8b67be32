// The artifact that a story shows in a role, found by the key of the slot. $primarySlot. Columns: artifact.
MATCH (:Story)-[l:LINKED_AS {primarySlot: $primarySlot}]->(a:Artifact)
RETURN a {.*, createdAt: a.createdAt.epochMillis, storedAt: a.storedAt.epochMillis,
  createdByStepId: head([(a)-[:CREATED_BY]->(step) | step.id])} AS artifact
