// Gives artifacts their roles in stories. Both ends exist; the stories' locks are held.
// $links, as columns.
UNWIND range(0, size($links.id) - 1) AS n
MATCH (story:Story {id: $links.storyId[n]})
MATCH (artifact:Artifact {id: $links.artifactId[n]})
CREATE (story)-[:LINKED_AS @storyLink($links[n])]->(artifact)
