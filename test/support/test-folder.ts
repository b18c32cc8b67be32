import { existsSync, statfsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { readState } from '../../src/local/server-state.js';
import { identifyProcess, isRunning, processIdentity } from '../../src/local/process-identity.js';
import { terminate } from '../../src/local/terminate.js';
import { z } from 'zod';

const prefix = 'artifact-graph-test-';
const ramFolder = '/dev/shm';
const enoughBytes = 4 * 1024 ** 3;

/** In memory where there is plenty: a flush to a disk for each of thousands of small commits is most of a test's time. */
function parentFolder(): string {
  if (!existsSync(ramFolder)) return tmpdir();
  const { bavail, bsize } = statfsSync(ramFolder);
  return bavail * bsize > enoughBytes ? ramFolder : tmpdir();
}

/** An empty folder for the servers of this run; it carries the name of its process. */
export async function makeTestFolder(): Promise<string> {
  const folder = await mkdtemp(join(parentFolder(), prefix));
  await writeFile(join(folder, 'holder.json'), JSON.stringify(identifyProcess(process.pid)));
  return folder;
}

/** Ends the servers and removes the folders of earlier runs that were killed. */
export async function removeAbandonedTestFolders(): Promise<void> {
  const parent = parentFolder();
  for (const name of (await readdir(parent)).filter((entry) => entry.startsWith(prefix))) {
    const holder = join(parent, name, 'holder.json');
    if (!existsSync(holder) || isRunning(processIdentity.parse(JSON.parse(await readFile(holder, 'utf8')))))
      continue;
    for (const server of ['neo4j', 'minio']) {
      const state = readState(join(parent, name, server, 'server.json'), z.unknown());
      if (state?.server) await terminate(state.server, 10_000);
    }
    console.error(`removing ${basename(name)}, left by a test run that was killed`);
    await rm(join(parent, name), { recursive: true, force: true });
  }
}
