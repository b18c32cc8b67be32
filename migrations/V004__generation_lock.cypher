// The one node that a writer locks before it lifts generations.
CREATE CONSTRAINT lock_name IF NOT EXISTS FOR (l:Lock) REQUIRE l.name IS UNIQUE;
MERGE (:Lock {name: 'generation'});
