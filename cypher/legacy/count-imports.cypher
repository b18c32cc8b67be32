// How far the import of each old database is. No parameters.
// Columns: source, imported and failed (stories), others (what belongs to no story), artifacts, troubled (where files or
// parts of the row are missing), latest (milliseconds since 1970 UTC).
MATCH (i:LegacyImport)
USING INDEX i:LegacyImport(source, outcome)
WHERE i.source IS NOT NULL AND i.outcome IS NOT NULL
RETURN i.source AS source,
  sum(CASE WHEN i.kind = 'story' AND i.outcome = 'imported' THEN 1 ELSE 0 END) AS imported,
  sum(CASE WHEN i.kind = 'story' AND i.outcome = 'failed' THEN 1 ELSE 0 END) AS failed,
  sum(CASE WHEN i.kind = 'story' THEN 0 ELSE 1 END) AS others,
  sum(size(coalesce(i.artifactIds, []))) AS artifacts,
  sum(CASE WHEN i.files IS NOT NULL OR size(coalesce(i.problems, [])) > 0 THEN 1 ELSE 0 END) AS troubled,
  max(i.at.epochMillis) AS latest
ORDER BY latest DESC
