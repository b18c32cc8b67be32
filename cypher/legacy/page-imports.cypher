// What was imported from one old database, in the order of the keys.
// $source, $after (the last key of the page before, or ''), $limit. Columns: key, addedTo (the story that fields were added
// to, or null), nodes (`artifact X`) and edges (`LINKED_AS X|Y|cover`, by type and key) that the import made.
MATCH (i:LegacyImport)
WHERE i.key > $after AND i.source = $source
WITH i ORDER BY i.key LIMIT $limit
RETURN i.key AS key, CASE WHEN size(i.addedFields) > 0 THEN i.sourceId END AS addedTo,
  [id IN coalesce(i.artifactIds, []) | 'artifact ' + id] + [id IN coalesce(i.stepIds, []) | 'step ' + id] +
    [id IN coalesce(i.runIds, []) | 'run ' + id] +
    CASE WHEN i.kind = 'story' AND i.madeStory THEN ['story ' + i.sourceId] ELSE [] END AS nodes,
  [key IN coalesce(i.linkKeys, []) | 'LINKED_AS ' + key] + [key IN coalesce(i.stageKeys, []) | 'RECORDED ' + key] +
    coalesce(i.relationKeys, []) AS edges
