// What an import remembers of one old story, run or artifact is found by its id.
CREATE INDEX legacy_import_source_id IF NOT EXISTS FOR (i:LegacyImport) ON (i.sourceId);
