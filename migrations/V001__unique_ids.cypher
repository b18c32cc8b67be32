// Identity of every node. Neo4j backs each constraint by an index, so ids are found by seek.
CREATE CONSTRAINT artifact_id IF NOT EXISTS FOR (a:Artifact) REQUIRE a.id IS UNIQUE;
CREATE CONSTRAINT artifact_external_id IF NOT EXISTS FOR (a:Artifact) REQUIRE a.externalId IS UNIQUE;
CREATE CONSTRAINT content_sha256 IF NOT EXISTS FOR (c:Content) REQUIRE c.sha256 IS UNIQUE;
CREATE CONSTRAINT run_id IF NOT EXISTS FOR (r:Run) REQUIRE r.id IS UNIQUE;
CREATE CONSTRAINT run_external_id IF NOT EXISTS FOR (r:Run) REQUIRE r.externalId IS UNIQUE;
CREATE CONSTRAINT step_id IF NOT EXISTS FOR (s:Step) REQUIRE s.id IS UNIQUE;
CREATE CONSTRAINT story_id IF NOT EXISTS FOR (s:Story) REQUIRE s.id IS UNIQUE;
