// Parts erased artifacts from their contents; those that no artifact refers to any more are doomed since 1970, so that
// they are due at once and are found again. $artifactIds. Columns: sha256, shared (true for those that others have).
UNWIND $artifactIds AS id
MATCH (:Artifact {id: id})-[h:HAS_CONTENT]->(c:Content)
SET c.sha256 = c.sha256
DELETE h
WITH DISTINCT c
WITH c, EXISTS { MATCH (c)<-[:HAS_CONTENT]-() } OR EXISTS { MATCH (:Artifact {contentHash: c.sha256}) } AS shared
FOREACH (_ IN CASE WHEN shared THEN [] ELSE [1] END | SET c.doomedAt = datetime({epochMillis: 0}))
RETURN c.sha256 AS sha256, shared
ORDER BY sha256
