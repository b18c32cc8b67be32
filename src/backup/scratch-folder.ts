import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

const prefix = 'export-';
/** No export takes that long: what is older was left by one that was killed. */
const abandonedMs = 24 * 3_600_000;

/** Gives `work` an empty folder under `parent`, and removes it whatever happens, with those that were left long ago. */
export async function withScratchFolder<T>(parent: string, work: (folder: string) => Promise<T>): Promise<T> {
  await mkdir(parent, { recursive: true });
  for (const name of await readdir(parent)) {
    if (name.startsWith(prefix)) await removeAbandoned(join(parent, name));
  }
  const folder = await mkdtemp(join(parent, prefix));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function removeAbandoned(folder: string): Promise<void> {
  const { mtimeMs } = await stat(folder);
  if (mtimeMs < Date.now() - abandonedMs) await rm(folder, { recursive: true, force: true });
}
