// The old databases that something was imported from. Columns: source, count.
MATCH (i:LegacyImport)
USING INDEX i:LegacyImport(source, outcome)
WHERE i.source IS NOT NULL AND i.outcome IS NOT NULL
RETURN i.source AS source, count(*) AS count
ORDER BY source
