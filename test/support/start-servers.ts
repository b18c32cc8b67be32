import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Config } from 'jest';
import type { HolderMessage } from './hold-servers.js';

declare global {
  /** The process that holds the servers of this run, for stop-servers.ts. */
  var serverHolder: ChildProcess | undefined;
}

/**
 * jest's globalSetup: one Neo4j and one S3 for the whole run, held by a process that stops them when this one ends in
 * whatever way. jest loads this file as CommonJS without its module mapper, so the holder is bundled first.
 */
export default async function startServers(_global: Config, project: { rootDir: string }): Promise<void> {
  const outfile = join(
    project.rootDir,
    'node_modules',
    '.cache',
    'artifact-graph',
    `hold-servers-${process.pid}.mjs`,
  );
  await build({
    entryPoints: [join(project.rootDir, 'test', 'support', 'hold-servers.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  });
  const holder = fork(outfile, { execArgv: ['--enable-source-maps'] });
  globalThis.serverHolder = holder;
  Object.assign(process.env, await addressesFrom(holder));
}

function addressesFrom(holder: ChildProcess): Promise<Record<string, string>> {
  return new Promise((resolve, reject) => {
    holder.once('error', reject);
    holder.once('exit', (code) => reject(new Error(`the test servers did not start (exit code ${code})`)));
    holder.once('message', (message: HolderMessage) => resolve(message));
  });
}
