// What was imported from one old database, in the order of the keys.
// $source, $after (the last key of the page before, or ''), $limit. Columns: key, addedTo (the story that fields were added
// to, or null), and everything that the import made.
MATCH (i:LegacyImport)
WHERE i.key > $after AND i.source = $source
WITH i ORDER BY i.key LIMIT $limit
RETURN i.key AS key, CASE WHEN size(i.addedFields) > 0 THEN i.sourceId END AS addedTo,
  i.artifactIds AS artifactIds, i.runIds AS runIds, i.stepIds AS stepIds,
  CASE WHEN i.kind = 'story' AND i.madeStory THEN [i.sourceId] ELSE [] END AS storyIds,
  i.linkKeys AS linkKeys, i.relationKeys AS relationKeys, i.stageKeys AS stageKeys
