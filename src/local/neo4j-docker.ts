import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { packageRoot } from '../package-root.js';
import { freePort } from './free-port.js';
import { runLocalServer, type Launch, type ServerKind } from './local-server.js';
import { neo4jPassword, passwordFile } from './neo4j-home.js';
import { isNeo4jReady } from './neo4j-ready.js';
import { newSecret } from './secret-file.js';
import type { LocalNeo4j, Neo4jOptions } from './local-neo4j.js';

const user = 'neo4j';

const details = z.object({ boltPort: z.number().int(), httpPort: z.number().int() });
type Details = z.infer<typeof details>;

/**
 * The compose file's neo4j, with `docker compose up` as its process: that one ends the container when it is ended, and
 * attaches to it again when it was killed. The data is in a volume that belongs to this data folder.
 */
export async function startNeo4jWithDocker(options: Neo4jOptions): Promise<LocalNeo4j> {
  const folder = join(options.dataDir, 'neo4j-docker');
  const kind: ServerKind<Details> = {
    name: 'Neo4j in Docker',
    part: 'neo4j',
    folder,
    details,
    prepare: (previous) => prepare(options, folder, previous),
    isReady: async ({ boltPort }) => isNeo4jReady(boltUri(boltPort), user, await neo4jPassword(folder)),
    // The image has to be fetched the first time.
    readyWithinMs: 900_000,
    stopWithinMs: 60_000,
    onProgress: options.onProgress,
    signal: options.signal,
  };
  const outcome = await runLocalServer(kind);
  if ('died' in outcome) throw outcome.died;
  const { details: ports, pid, startedHere, stop } = outcome.ready;
  return {
    uri: boltUri(ports.boltPort),
    user,
    password: await neo4jPassword(folder),
    passwordFile: passwordFile(folder),
    browserUrl: `http://127.0.0.1:${ports.httpPort}/browser/`,
    pid,
    startedHere,
    stop,
  };
}

async function prepare(
  { onProgress }: Neo4jOptions,
  folder: string,
  previous: Details | undefined,
): Promise<Launch<Details>> {
  const boltPort = await freePort(previous?.boltPort);
  const httpPort = await freePort(previous?.httpPort, [boltPort]);
  const variables = {
    NEO4J_PASSWORD: await neo4jPassword(folder),
    NEO4J_BOLT_PORT: boltPort,
    NEO4J_HTTP_PORT: httpPort,
    // The compose file insists on these although this starts neither MinIO nor the service.
    S3_SECRET_KEY: newSecret(),
    AUTH_TOKENS_FILE: '/dev/null',
  };
  const envFile = join(folder, 'compose.env');
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}\n`);
  await writeFile(envFile, lines.join(''), { mode: 0o600 });
  const project = `artifact-graph-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`;
  const file = join(packageRoot, 'docker-compose.yml');
  onProgress('starting Neo4j with Docker');
  return {
    details: { boltPort, httpPort },
    command: 'docker',
    args: ['compose', '-p', project, '--env-file', envFile, '-f', file, 'up', '--no-log-prefix', 'neo4j'],
  };
}

const boltUri = (port: number) => `bolt://127.0.0.1:${port}`;
