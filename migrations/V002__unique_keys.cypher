// One provenance edge for each (product, source, type); one link for each (story, artifact, role);
// one primary for each (story, role): primarySlot is set on a primary link only, and absent properties are not indexed.
CREATE CONSTRAINT derived_from_edge_key IF NOT EXISTS FOR ()-[r:DERIVED_FROM]-() REQUIRE r.edgeKey IS UNIQUE;
CREATE CONSTRAINT variant_of_edge_key IF NOT EXISTS FOR ()-[r:VARIANT_OF]-() REQUIRE r.edgeKey IS UNIQUE;
CREATE CONSTRAINT transcoded_from_edge_key IF NOT EXISTS FOR ()-[r:TRANSCODED_FROM]-() REQUIRE r.edgeKey IS UNIQUE;
CREATE CONSTRAINT linked_as_link_key IF NOT EXISTS FOR ()-[r:LINKED_AS]-() REQUIRE r.linkKey IS UNIQUE;
CREATE CONSTRAINT linked_as_primary_slot IF NOT EXISTS FOR ()-[r:LINKED_AS]-() REQUIRE r.primarySlot IS UNIQUE;
CREATE CONSTRAINT recorded_link_key IF NOT EXISTS FOR ()-[r:RECORDED]-() REQUIRE r.linkKey IS UNIQUE;
