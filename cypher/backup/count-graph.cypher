// How much there is to read, from the database's own counters. Columns: nodes, relationships.
RETURN COUNT { MATCH (n) } AS nodes, COUNT { MATCH ()-[r]->() } AS relationships
