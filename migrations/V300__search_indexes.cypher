// What people search by, in one index for all kinds, so that one ranking holds. The analyzer ignores case and accents
// and splits Chinese and Japanese into characters, which a phrase puts together again.
CREATE FULLTEXT INDEX search IF NOT EXISTS FOR (n:Story|Artifact|Run|Step)
  ON EACH [n.title, n.description, n.name, n.createdByAgent, n.id, n.externalId]
  OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-folding', `fulltext.eventually_consistent`: false}};
