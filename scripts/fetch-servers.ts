import { dockerAnswers } from '../src/local/docker.js';
import { findJava, neo4jNeeds } from '../src/local/java.js';
import { getMinio } from '../src/local/minio-install.js';
import { installNeo4j } from '../src/local/neo4j-install.js';
import { PrerequisiteMissing } from '../src/local/prerequisite-missing.js';

// Fetches what the integration tests run against, before jest and its time limits; containers are pulled by the tests.
const { NEO4J_URI, S3_ENDPOINT, ARTIFACT_GRAPH_CACHE } = process.env;
const interrupted = new AbortController();
process.once('SIGINT', () => interrupted.abort());
const options = {
  cacheDir: ARTIFACT_GRAPH_CACHE === '' ? undefined : ARTIFACT_GRAPH_CACHE,
  onProgress: (line: string) => console.error(line),
  signal: interrupted.signal,
};

async function fetchNeo4j(): Promise<void> {
  const java = await findJava();
  if ('problem' in java) throw neo4jNeeds(java.problem);
  await installNeo4j(options);
}

try {
  if (!(await dockerAnswers())) {
    if (!NEO4J_URI) await fetchNeo4j();
    if (!S3_ENDPOINT) await getMinio(options);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = error instanceof PrerequisiteMissing ? error.exitCode : 1;
}
