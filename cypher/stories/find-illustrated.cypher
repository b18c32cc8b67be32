// Stories with a cover, a narration and a text of their own, all with content: enough to make more from.
// $limit. Columns: storyId, title, coverId, narrationId, textId; the oldest stories first.
MATCH (cover:Artifact {type: 'image', lifecycleState: 'published'})<-[c:LINKED_AS {role: 'cover'}]-(s:Story)
WHERE c.isPrimary AND EXISTS { MATCH (cover)-[:HAS_CONTENT]->() }
MATCH (s)-[n:LINKED_AS {role: 'final_audio'}]->(narration)
WHERE n.isPrimary AND EXISTS { MATCH (narration)-[:HAS_CONTENT]->() }
MATCH (s)-[t:LINKED_AS {role: 'story_text'}]->(text)
WHERE t.isPrimary
RETURN s.id AS storyId, s.title AS title, cover.id AS coverId, narration.id AS narrationId, text.id AS textId
ORDER BY s.createdAt, s.id
LIMIT $limit
