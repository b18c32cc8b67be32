// A story with what its primary links and its current run say. $id. Columns: story.
MATCH (s:Story {id: $id})
RETURN s {.id, .title, createdAt: s.createdAt.epochMillis, storedAt: s.storedAt.epochMillis,
  coverArtifactId: head([(s)-[l:LINKED_AS {primarySlot: s.id + '|cover'}]->(a) | a.id]),
  canonicalAudioId: head([(s)-[l:LINKED_AS {primarySlot: s.id + '|final_audio'}]->(a) | a.id]),
  canonicalVideoId: head([(s)-[l:LINKED_AS {primarySlot: s.id + '|final_video'}]->(a) | a.id]),
  currentRunId: head([(s)-[:CURRENT_RUN]->(r) | r.id])} AS story
