import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { freePort } from './free-port.js';
import { runLocalServer, type Launch, type ServerKind } from './local-server.js';
import { findMinio } from './minio-install.js';
import type { InstallOptions } from './neo4j-install.js';
import { PrerequisiteMissing } from './prerequisite-missing.js';
import { keepSecret, newSecret, readSecret } from './secret-file.js';

export interface MinioOptions extends InstallOptions {
  /** MinIO's objects, secret and state are kept in `dataDir/minio`. */
  dataDir: string;
}

export interface LocalS3 {
  /** http://127.0.0.1:port */
  endpoint: string;
  accessKey: string;
  secretKey: string;
  /** MinIO's own page, for looking into buckets. */
  consoleUrl: string;
  pid: number;
  /** False when another command that still runs had it already. */
  startedHere: boolean;
  /** Leaves it; the last command that uses it ends it. */
  stop: () => Promise<void>;
}

const accessKey = 'artifact-graph';
const host = '127.0.0.1';

const details = z.object({ port: z.number().int(), consolePort: z.number().int() });
type Details = z.infer<typeof details>;

/**
 * MinIO on loopback with the objects of `dataDir`: the one that runs there already, otherwise a new one.
 * @throws PrerequisiteMissing when this machine has no MinIO program (see findMinio)
 * @throws Unavailable when it does not come up
 */
export async function startMinio(options: MinioOptions): Promise<LocalS3> {
  const folder = join(options.dataDir, 'minio');
  const kind: ServerKind<Details> = {
    name: 'MinIO',
    part: 'content',
    folder,
    details,
    prepare: (previous) => prepare(options, folder, previous),
    isReady: ({ port }) => answers(`${endpointOf(port)}/minio/health/ready`),
    readyWithinMs: 60_000,
    stopWithinMs: 30_000,
    onProgress: options.onProgress,
    signal: options.signal,
  };
  const outcome = await runLocalServer(kind);
  if ('died' in outcome) throw outcome.died;
  const { details: ports, pid, startedHere, stop } = outcome.ready;
  return {
    endpoint: endpointOf(ports.port),
    accessKey,
    secretKey: await secretKey(folder),
    consoleUrl: endpointOf(ports.consolePort),
    pid,
    startedHere,
    stop,
  };
}

async function prepare(
  { cacheDir, onProgress }: MinioOptions,
  folder: string,
  previous: Details | undefined,
): Promise<Launch<Details>> {
  const command = await findMinio(cacheDir);
  if (command === null)
    throw new PrerequisiteMissing('MinIO is not installed: put its program (minio) on PATH.');
  const port = await freePort(previous?.port);
  const consolePort = await freePort(previous?.consolePort, [port]);
  const objects = join(folder, 'objects');
  await mkdir(objects, { recursive: true });
  const config = join(folder, 'config.yaml');
  await writeFile(config, configOf({ port, consolePort, objects, secret: await secretKey(folder) }), {
    mode: 0o600,
  });
  onProgress('starting MinIO');
  return { details: { port, consolePort }, command, args: ['server', '--quiet', '--config', config] };
}

/** A file rather than environment variables or arguments: other users of the machine see those. JSON is YAML. */
function configOf(of: { port: number; consolePort: number; objects: string; secret: string }): string {
  return JSON.stringify({
    version: 'v1',
    address: `${host}:${of.port}`,
    'console-address': `${host}:${of.consolePort}`,
    rootUser: accessKey,
    rootPassword: of.secret,
    pools: [[of.objects]],
  });
}

async function secretKey(folder: string): Promise<string> {
  const file = join(folder, 'secret');
  const kept = await readSecret(file);
  if (kept !== null) return kept;
  const secret = newSecret();
  keepSecret(file, secret);
  return secret;
}

/** Whatever fails before the time is over means "not yet"; runLocalServer knows when it is over. */
function answers(url: string): Promise<boolean> {
  return fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(2_000) }).then(
    ({ ok }) => ok,
    () => false,
  );
}

const endpointOf = (port: number) => `http://${host}:${port}`;
