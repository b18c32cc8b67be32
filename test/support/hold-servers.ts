import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { dockerAnswers } from '../../src/local/docker.js';
import { choosing, type Held } from './server-sources.js';
import { makeTestFolder, removeAbandonedTestFolders } from './test-folder.js';

/** What is sent once everything is up: environment variables for the tests. */
export type HolderMessage = Record<string, string>;

const letGo = new AbortController();
process.once('disconnect', () => letGo.abort());
// Ctrl-C reaches every process of the terminal; the test run decides when it is over, and disconnects.
process.on('SIGINT', () => undefined);

async function hold(folder: string): Promise<void> {
  const sources = choosing({
    env: process.env,
    docker: await dockerAnswers(),
    dataDir: folder,
    onProgress: (line) => console.error(line),
    signal: letGo.signal,
  });
  const starts = await Promise.allSettled([sources.neo4j(), sources.s3()]);
  const held = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
  try {
    const failed = starts.find((start) => start.status === 'rejected');
    if (failed) throw failed.reason;
    process.send?.(addressesOf(held));
    if (!letGo.signal.aborted) await once(letGo.signal, 'abort');
  } finally {
    await Promise.all(held.map(({ release }) => release()));
  }
}

function addressesOf(held: Held[]): HolderMessage {
  return Object.fromEntries(held.flatMap(({ env }) => Object.entries(env)));
}

await removeAbandonedTestFolders();
const folder = await makeTestFolder();
try {
  await hold(folder);
} catch (error) {
  if (!letGo.signal.aborted) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
} finally {
  await rm(folder, { recursive: true, force: true });
  await rm(fileURLToPath(import.meta.url));
  if (process.connected) process.disconnect();
}
