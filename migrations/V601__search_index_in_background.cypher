// The search index is updated behind the commits rather than within them: within, each small write waited twice as long. Whoever
// searches waits for the updates that are under way, so that a search still finds every write acknowledged before it.
DROP INDEX search IF EXISTS;
CREATE FULLTEXT INDEX search IF NOT EXISTS FOR (n:Story|Artifact|Run|Step)
  ON EACH [n.title, n.description, n.name, n.createdByAgent, n.id, n.externalId]
  OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-folding', `fulltext.eventually_consistent`: true}};
