// Remembers what was imported from where, and every id that it made, in the transaction of the import itself.
// An import that adds to an earlier one adds its ids.
// $rows: [{key, source, kind, sourceId, rowName, digest, outcome, reason, at, actor, madeStory, addedFields,
// artifactIds, runIds, stepIds, linkKeys, relationKeys, stageKeys, problems, files}]; at in milliseconds since 1970 UTC,
// files as JSON.
UNWIND $rows AS row
MERGE (i:LegacyImport {key: row.key})
SET i.source = row.source, i.kind = row.kind, i.sourceId = row.sourceId, i.rowName = row.rowName, i.digest = row.digest,
  i.outcome = row.outcome, i.reason = row.reason, i.at = datetime({epochMillis: row.at}), i.actor = row.actor,
  i.madeStory = coalesce(i.madeStory, false) OR row.madeStory,
  i.addedFields = coalesce(i.addedFields, []) + row.addedFields,
  i.artifactIds = coalesce(i.artifactIds, []) + row.artifactIds,
  i.runIds = coalesce(i.runIds, []) + row.runIds,
  i.stepIds = coalesce(i.stepIds, []) + row.stepIds,
  i.linkKeys = coalesce(i.linkKeys, []) + row.linkKeys,
  i.relationKeys = coalesce(i.relationKeys, []) + row.relationKeys,
  i.stageKeys = coalesce(i.stageKeys, []) + row.stageKeys,
  i.problems = row.problems, i.files = row.files
