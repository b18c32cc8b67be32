// Which of the things that an import is about to make are in the graph already.
// $storyIds, $artifactIds, $runIds, $stepIds, $digests, $keys (of import records).
// Columns: kind, id; for artifacts type, contentHash and generation; for import records digest and outcome as well.
CALL () {
  UNWIND $storyIds AS id
  MATCH (n:Story {id: id})
  RETURN 'story' AS kind, id, null AS type, null AS contentHash, null AS generation, null AS digest, null AS outcome
  UNION ALL
  UNWIND $artifactIds AS id
  MATCH (n:Artifact {id: id})
  RETURN 'artifact' AS kind, id, n.type AS type, n.contentHash AS contentHash, n.generation AS generation,
    null AS digest, null AS outcome
  UNION ALL
  UNWIND $runIds AS id
  MATCH (n:Run {id: id})
  RETURN 'run' AS kind, id, null AS type, null AS contentHash, null AS generation, null AS digest, null AS outcome
  UNION ALL
  UNWIND $stepIds AS id
  MATCH (n:Step {id: id})
  RETURN 'step' AS kind, id, null AS type, null AS contentHash, null AS generation, null AS digest, null AS outcome
  UNION ALL
  UNWIND $digests AS id
  MATCH (n:Content {sha256: id})
  RETURN 'content' AS kind, id, null AS type, null AS contentHash, null AS generation, null AS digest, null AS outcome
  UNION ALL
  UNWIND $keys AS id
  MATCH (n:LegacyImport {key: id})
  RETURN 'import' AS kind, id, null AS type, null AS contentHash, null AS generation,
    n.digest AS digest, n.outcome AS outcome
}
RETURN kind, id, type, contentHash, generation, digest, outcome
