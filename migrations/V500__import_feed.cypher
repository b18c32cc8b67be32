// What imports brought, newest first.
CREATE INDEX legacy_import_at IF NOT EXISTS FOR (i:LegacyImport) ON (i.at);
