// Which of the things that an import is about to make are in the graph already.
// $storyIds, $artifactIds, $runIds, $stepIds, $digests. Columns, each a list: stories (with
// what an import must not touch: names of properties, links, primaries, whether there is a current run), artifacts, runs,
// steps, contents.
RETURN
  COLLECT {
    UNWIND $storyIds AS id
    MATCH (s:Story {id: id})
    RETURN {
      id: id, properties: keys(s), linkKeys: [(s)-[l:LINKED_AS]->() | l.linkKey],
      primarySlots: [(s)-[l:LINKED_AS]->() WHERE l.primarySlot IS NOT NULL | l.primarySlot],
      hasCurrentRun: EXISTS { (s)-[:CURRENT_RUN]->() }
    }
  } AS stories,
  COLLECT {
    UNWIND $artifactIds AS id
    MATCH (a:Artifact {id: id})
    RETURN a {.id, .type, .contentHash, .generation}
  } AS artifacts,
  COLLECT { UNWIND $runIds AS id MATCH (n:Run {id: id}) RETURN id } AS runs,
  COLLECT { UNWIND $stepIds AS id MATCH (n:Step {id: id}) RETURN id } AS steps,
  COLLECT { UNWIND $digests AS sha256 MATCH (n:Content {sha256: sha256}) RETURN sha256 } AS contents
