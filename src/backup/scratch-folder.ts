import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sweepFolder } from '../content/staging.js';

const prefix = 'export-';
/** No export takes that long: what is older was left by one that was killed. */
const abandonedMs = 24 * 3_600_000;

/** Gives `work` an empty folder under `parent`, and removes it whatever happens, with those that were left long ago. */
export async function withScratchFolder<T>(parent: string, work: (folder: string) => Promise<T>): Promise<T> {
  await mkdir(parent, { recursive: true });
  await sweepFolder(parent, Date.now() - abandonedMs, prefix);
  const folder = await mkdtemp(join(parent, prefix));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
