// What the full-text index finds, best first, every write included that was acknowledged before. A step stands for what it
// made, or for its run where it made nothing.
// $query (Lucene's syntax), $limit. Columns: kind ('story' | 'artifact' | 'run'), id, score, label (title, description
// or workflow, null without), type and state (of an artifact), status (of a run), storyId, storyTitle (the story itself,
// the one that shows the artifact, or that of the run).
CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()
CALL db.index.fulltext.queryNodes('search', $query, {limit: $limit}) YIELD node, score
WITH node, score, [(node)<-[:CREATED_BY]-(made:Artifact) | made][..3] AS made
UNWIND CASE
  WHEN NOT node:Step THEN [node]
  WHEN made = [] THEN [(node)-[:STEP_OF]->(run:Run) | run]
  ELSE made
END AS found
WITH found, max(score) AS score
ORDER BY score DESC, found.createdAt DESC, found.id
LIMIT $limit
WITH found, score, CASE
  WHEN found:Story THEN found
  WHEN found:Run THEN head([(found)-[:RUN_OF]->(story:Story) | story])
  ELSE coalesce(
    head([(found)<-[l:LINKED_AS]-(story:Story) WHERE l.isPrimary | story]),
    head([(found)<-[:LINKED_AS]-(story:Story) | story]),
    head([(found)-[:CREATED_BY]->()-[:STEP_OF]->()-[:RUN_OF]->(story:Story) | story]))
END AS story
RETURN CASE WHEN found:Story THEN 'story' WHEN found:Run THEN 'run' ELSE 'artifact' END AS kind, found.id AS id, score,
  CASE WHEN found:Story THEN found.title WHEN found:Run THEN found.workflowType ELSE found.description END AS label,
  CASE WHEN found:Artifact THEN found.type END AS type, found.lifecycleState AS state, found.status AS status,
  story.id AS storyId, story.title AS storyTitle
