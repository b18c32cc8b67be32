import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'libsql';
import { codeOf } from '../errors.js';

const retryMs = 100;

export interface LockOptions {
  /** Called once when another process holds the lock. */
  onWait?: () => void;
  signal?: AbortSignal | undefined;
}

/**
 * Runs `work` while holding the lock `file`, alone among all processes and callers on this machine.
 * Node has no flock, so the lock is SQLite's: the kernel drops it when its holder dies, however it dies, and
 * there is no stale lock to recognise. The empty file stays.
 */
export async function withFileLock<T>(
  file: string,
  options: LockOptions,
  work: () => Promise<T>,
): Promise<T> {
  await mkdir(dirname(file), { recursive: true });
  const database = new Database(file, { timeout: 0 });
  try {
    let told = false;
    while (!tryLock(database)) {
      if (!told) options.onWait?.();
      told = true;
      await sleep(retryMs, undefined, { signal: options.signal });
    }
    return await work();
  } finally {
    database.close();
  }
}

function tryLock(database: Database.Database): boolean {
  try {
    database.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    if (codeOf(error) === 'SQLITE_BUSY') return false;
    throw error;
  }
}
