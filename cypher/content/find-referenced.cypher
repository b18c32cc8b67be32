// Which of these digests an artifact refers to, by its content or by the hash it was registered with.
// $digests. Columns: sha256.
UNWIND $digests AS sha256
WITH sha256
WHERE EXISTS { MATCH (:Content {sha256: sha256})<-[:HAS_CONTENT]-() } OR EXISTS { MATCH (:Artifact {contentHash: sha256}) }
RETURN sha256
