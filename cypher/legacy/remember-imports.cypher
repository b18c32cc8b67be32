// Remembers what was imported from where, and every id that it made, in the transaction of the import itself.
// An import that adds to an earlier one adds its ids.
// $rows, as columns: {key, source, kind, sourceId, rowName, digest, outcome, reason, at, actor, madeStory, addedFields,
// artifactIds, runIds, stepIds, linkKeys, relationKeys, stageKeys, problems, files}; at in milliseconds since 1970 UTC,
// files as JSON.
UNWIND range(0, size($rows.key) - 1) AS n
MERGE (i:LegacyImport {key: $rows.key[n]})
SET i.source = $rows.source[n], i.kind = $rows.kind[n], i.sourceId = $rows.sourceId[n], i.rowName = $rows.rowName[n],
  i.digest = $rows.digest[n], i.outcome = $rows.outcome[n], i.reason = $rows.reason[n],
  i.at = datetime({epochMillis: $rows.at[n]}), i.actor = $rows.actor[n],
  i.madeStory = coalesce(i.madeStory, false) OR $rows.madeStory[n],
  i.addedFields = coalesce(i.addedFields, []) + $rows.addedFields[n],
  i.artifactIds = coalesce(i.artifactIds, []) + $rows.artifactIds[n],
  i.runIds = coalesce(i.runIds, []) + $rows.runIds[n], i.stepIds = coalesce(i.stepIds, []) + $rows.stepIds[n],
  i.linkKeys = coalesce(i.linkKeys, []) + $rows.linkKeys[n],
  i.relationKeys = coalesce(i.relationKeys, []) + $rows.relationKeys[n],
  i.stageKeys = coalesce(i.stageKeys, []) + $rows.stageKeys[n], i.problems = $rows.problems[n],
  i.files = $rows.files[n]
