// What rows of old databases became, newest first, before one of them.
// $to (time of that one, or a time after all), $key (of that one, or ''), $troubled (true: only those that failed, or where
// something is missing), $limit. Columns: key, source, kind, sourceId, outcome, reason, exactAt (with all digits), at
// (milliseconds since 1970 UTC), actor, artifactIds, runs, links, problems, files (JSON; those that are not stored).
MATCH (i:LegacyImport)
WHERE i.at <= datetime($to) AND (i.at < datetime($to) OR i.key < $key)
  AND (NOT $troubled OR i.outcome = 'failed' OR i.files IS NOT NULL OR size(coalesce(i.problems, [])) > 0)
RETURN i.key AS key, i.source AS source, i.kind AS kind, i.sourceId AS sourceId, i.outcome AS outcome,
  i.reason AS reason, toString(i.at) AS exactAt, i.at.epochMillis AS at, i.actor AS actor,
  coalesce(i.artifactIds, []) AS artifactIds, size(coalesce(i.runIds, [])) AS runs, size(coalesce(i.linkKeys, [])) AS links,
  coalesce(i.problems, []) AS problems, i.files AS files
ORDER BY i.at DESC, i.key DESC
LIMIT $limit
