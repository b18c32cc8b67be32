// What stories hold that an import must not touch: their properties, links, primaries and current run.
// $ids. Columns: id, properties (names), linkKeys, primarySlots (null for a link that is no
// primary), hasCurrentRun.
UNWIND $ids AS id
MATCH (s:Story {id: id})
RETURN s.id AS id, keys(s) AS properties, [(s)-[l:LINKED_AS]->() | l.linkKey] AS linkKeys,
  [(s)-[l:LINKED_AS]->() | l.primarySlot] AS primarySlots,
  EXISTS { (s)-[:CURRENT_RUN]->() } AS hasCurrentRun
