import { randomBytes } from 'node:crypto';
import { MinioContainer } from '@testcontainers/minio';
import { Neo4jContainer } from '@testcontainers/neo4j';
import { GenericContainer } from 'testcontainers';
import { getMinio } from '../../src/local/minio-install.js';
import { startMinio } from '../../src/local/minio.js';
import { startNeo4j } from '../../src/local/neo4j.js';
import type { Progress } from '../../src/local/progress.js';
import { versions } from '../../src/local/versions.js';
import { packageRoot } from '../../src/package-root.js';

/** A server that the run may use until it releases it, as environment variables for the tests. */
export interface Held {
  env: Record<string, string>;
  release: () => Promise<void>;
}

interface Choice {
  env: NodeJS.ProcessEnv;
  docker: boolean;
  dataDir: string;
  onProgress: Progress;
  signal: AbortSignal;
}

/** Configured ones first, then Docker's, then programs of this machine. */
export function choosing(choice: Choice): { neo4j: () => Promise<Held>; s3: () => Promise<Held> } {
  const { env, docker } = choice;
  return {
    neo4j: () => (env.NEO4J_URI ? given(neo4jFrom(env)) : docker ? neo4jContainer() : neo4jProgram(choice)),
    s3: () => (env.S3_ENDPOINT ? given(s3From(env)) : docker ? minioContainer() : minioProgram(choice)),
  };
}

function given(env: Record<string, string>): Promise<Held> {
  return Promise.resolve({ env, release: () => Promise.resolve() });
}

function neo4jFrom(env: NodeJS.ProcessEnv): Record<string, string> {
  return neo4jEnv(env.NEO4J_URI ?? '', env.NEO4J_USER ?? 'neo4j', env.NEO4J_PASSWORD ?? '');
}

function s3From(env: NodeJS.ProcessEnv): Record<string, string> {
  return s3Env(env.S3_ENDPOINT ?? '', env.S3_ACCESS_KEY ?? '', env.S3_SECRET_KEY ?? '');
}

function neo4jEnv(uri: string, user: string, password: string): Record<string, string> {
  return { TEST_NEO4J_URI: uri, TEST_NEO4J_USER: user, TEST_NEO4J_PASSWORD: password };
}

function s3Env(endpoint: string, accessKey: string, secretKey: string): Record<string, string> {
  return { TEST_S3_ENDPOINT: endpoint, TEST_S3_ACCESS_KEY: accessKey, TEST_S3_SECRET_KEY: secretKey };
}

async function neo4jProgram({ env, dataDir, onProgress, signal }: Choice): Promise<Held> {
  const cacheDir = env.ARTIFACT_GRAPH_CACHE;
  // Java compiles as for a service: the run lasts longer than that takes, and plans thousands of statements.
  const options = { dataDir, cacheDir, onProgress, signal, heapMb: 768, pageCacheMb: 256 };
  const { uri, user, password, stop } = await startNeo4j(options);
  return { env: neo4jEnv(uri, user, password), release: stop };
}

async function minioProgram({ env, dataDir, onProgress, signal }: Choice): Promise<Held> {
  const options = { dataDir, cacheDir: env.ARTIFACT_GRAPH_CACHE, onProgress, signal };
  await getMinio(options);
  const { endpoint, accessKey, secretKey, stop } = await startMinio(options);
  return { env: s3Env(endpoint, accessKey, secretKey), release: stop };
}

async function neo4jContainer(): Promise<Held> {
  const container = await new Neo4jContainer(`neo4j:${versions.neo4j}-community`)
    .withApoc()
    .withPassword(randomBytes(12).toString('hex'))
    .withEnvironment({ NEO4J_apoc_trigger_enabled: 'true', NEO4J_apoc_trigger_refresh: '1000' })
    .start();
  const env = neo4jEnv(container.getBoltUri(), container.getUsername(), container.getPassword());
  return { env, release: async () => void (await container.stop()) };
}

/** The image of the compose file: built from source, once. */
async function minioContainer(): Promise<Held> {
  const image = `artifact-graph-minio:${versions.minio}`;
  await GenericContainer.fromDockerfile(packageRoot)
    .withTarget('minio')
    .build(image, { deleteOnExit: false });
  const container = await new MinioContainer(image)
    .withUsername('artifact-graph')
    .withPassword(randomBytes(12).toString('hex'))
    .start();
  const env = s3Env(container.getConnectionUrl(), container.getUsername(), container.getPassword());
  return { env, release: async () => void (await container.stop()) };
}
