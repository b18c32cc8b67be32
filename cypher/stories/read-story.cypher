// A story with the links of the roles that it has one artifact for, and its current run.
// $id. Columns: story, links [{role, isPrimary, artifactId}], currentRunIds (at most one), hasRuns.
MATCH (s:Story {id: $id})
RETURN @story(s) AS story,
  [(s)-[l:LINKED_AS]->(a) WHERE l.role IN ['cover', 'final_audio', 'final_video'] |
    {role: l.role, isPrimary: l.isPrimary, artifactId: a.id}] AS links,
  [(s)-[:CURRENT_RUN]->(r) | r.id] AS currentRunIds,
  EXISTS { (s)<-[:RUN_OF]-() } AS hasRuns
