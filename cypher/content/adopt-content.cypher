// Joins artifacts that name a content by its hash to it, where they have none. The caller has the contents' locks.
// $digests
UNWIND $digests AS sha256
MATCH (a:Artifact {contentHash: sha256})
WHERE NOT EXISTS { MATCH (a)-[:HAS_CONTENT]->() }
MATCH (c:Content {sha256: a.contentHash})
CREATE (a)-[:HAS_CONTENT]->(c)
