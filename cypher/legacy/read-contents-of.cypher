// The contents of artifacts. $artifactIds. Columns: sha256, each once.
UNWIND $artifactIds AS id
MATCH (:Artifact {id: id})-[:HAS_CONTENT]->(c:Content)
RETURN DISTINCT c.sha256 AS sha256
ORDER BY sha256
