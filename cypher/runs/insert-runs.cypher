// Creates runs, joined to their stories, whose locks are held.
// $runs, as columns.
UNWIND range(0, size($runs.id) - 1) AS n
CREATE (run:Run @run($runs[n]))
WITH run, n
MATCH (story:Story {id: $runs.storyId[n]})
CREATE (run)-[:RUN_OF]->(story)
