import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { withFileLock } from './file-lock.js';
import type { Progress } from './progress.js';

/** Where downloads are kept between checkouts unless the configuration names another place. */
export function defaultCacheDir(): string {
  return join(homedir(), '.cache', 'artifact-graph');
}

/**
 * The folder `key` of the cache, made by `fill` where it is missing. `fill` writes into a temporary folder that is
 * renamed when it is whole: an interrupted download leaves nothing that looks finished, and of two processes that
 * want the same folder one fetches it while the other waits.
 */
export async function cachedFolder(
  cacheDir: string,
  key: string,
  fill: (folder: string) => Promise<void>,
  { onProgress, signal }: { onProgress: Progress; signal?: AbortSignal | undefined },
): Promise<string> {
  const folder = join(cacheDir, key);
  if (existsSync(folder)) return folder;
  await mkdir(cacheDir, { recursive: true });
  const onWait = () => onProgress(`waiting for another process that fetches ${key}`);
  return withFileLock(join(cacheDir, `${key}.lock`), { onWait, signal }, async () => {
    if (existsSync(folder)) return folder;
    await removeLeftovers(cacheDir, key);
    const temporary = await mkdtemp(join(cacheDir, `${key}.partial-`));
    try {
      await fill(temporary);
      await rename(temporary, folder);
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
    return folder;
  });
}

/** What killed downloads left; only called under the key's lock, so none of them is still being written. */
async function removeLeftovers(cacheDir: string, key: string): Promise<void> {
  const names = (await readdir(cacheDir)).filter((name) => name.startsWith(`${key}.partial-`));
  await Promise.all(names.map((name) => rm(join(cacheDir, name), { recursive: true, force: true })));
}
