// What an imported story shows, and what its old row said. $storyId, $coverSlot, $audioSlot.
// Columns: cover and audio ({id, path, url, hasContent} or null), imagePath, imageUrl, audioUrl (the old fields).
MATCH (s:Story {id: $storyId})
RETURN
  head([(s)-[l:LINKED_AS {primarySlot: $coverSlot}]->(a) |
    {id: a.id, path: a.path, url: a.url, hasContent: EXISTS { (a)-[:HAS_CONTENT]->() }}]) AS cover,
  head([(s)-[l:LINKED_AS {primarySlot: $audioSlot}]->(a) |
    {id: a.id, path: a.path, url: a.url, hasContent: EXISTS { (a)-[:HAS_CONTENT]->() }}]) AS audio,
  s.imagePath AS imagePath, s.imageUrl AS imageUrl, s.audioUrl AS audioUrl
