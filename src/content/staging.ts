import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode } from '../errors.js';

/** Where bytes lie between their arrival and their promotion into the store. */
function stagingFolder(scratchDir: string): string {
  return join(scratchDir, 'staging');
}

/** A path that nobody else uses, in the staging folder, which is made when missing. */
export async function stagingPath(scratchDir: string): Promise<string> {
  await mkdir(stagingFolder(scratchDir), { recursive: true });
  return join(stagingFolder(scratchDir), `receive-${randomUUID()}`);
}

/**
 * Removes staged files last written to more than `olderThanMs` ago: what a killed process left. Files of uploads that
 * run in another process are younger, as long as the limit is longer than an upload may pause. Tells how many.
 */
export async function sweepStaging(
  scratchDir: string,
  now: Date,
  olderThanMs = 24 * 3_600_000,
): Promise<number> {
  return sweepFolder(stagingFolder(scratchDir), now.getTime() - olderThanMs);
}

/**
 * Removes what lies in a folder and was last written to at `before` (milliseconds since 1970) or earlier. Several may
 * sweep at the same time. Tells how many were removed.
 * @param prefix of the names that are looked at; all unless told
 */
export async function sweepFolder(folder: string, before: number, prefix = ''): Promise<number> {
  let removed = 0;
  for (const name of await entriesOf(folder)) {
    if (!name.startsWith(prefix)) continue;
    const path = join(folder, name);
    try {
      if ((await stat(path)).mtimeMs > before) continue;
      await rm(path, { recursive: true });
      removed++;
    } catch (error) {
      // Somebody else was quicker to remove it.
      if (!hasCode(error, 'ENOENT')) throw error;
    }
  }
  return removed;
}

async function entriesOf(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}
