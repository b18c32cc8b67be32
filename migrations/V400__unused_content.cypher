// Content that no artifact refers to is doomed for a while before its bytes go; a graph names the stores that are its own.
CREATE INDEX content_doomed_at IF NOT EXISTS FOR (c:Content) ON (c.doomedAt);
CREATE CONSTRAINT content_binding_store_id IF NOT EXISTS FOR (b:ContentBinding) REQUIRE b.storeId IS UNIQUE;
