// What was imported from one old database, in the order of the keys.
// $source, $after (the last key of the page before, or ''), $limit. Columns: key, and everything that the import made.
MATCH (i:LegacyImport)
WHERE i.key > $after AND i.source = $source
WITH i ORDER BY i.key LIMIT $limit
RETURN i.key AS key, i.kind AS kind, i.sourceId AS sourceId, i.madeStory AS madeStory, i.addedFields AS addedFields,
  i.artifactIds AS artifactIds, i.runIds AS runIds, i.stepIds AS stepIds, i.linkKeys AS linkKeys,
  i.relationKeys AS relationKeys, i.stageKeys AS stageKeys
