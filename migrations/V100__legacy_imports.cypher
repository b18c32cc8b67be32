// What the import of old databases remembers: one record for each old story (session, run, artifact), by its old id.
CREATE CONSTRAINT legacy_import_key IF NOT EXISTS FOR (i:LegacyImport) REQUIRE i.key IS UNIQUE;
CREATE INDEX legacy_import_source IF NOT EXISTS FOR (i:LegacyImport) ON (i.source, i.outcome);
