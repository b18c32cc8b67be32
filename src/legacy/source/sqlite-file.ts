import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Database from 'libsql';
import { codeOf } from '../../errors.js';

/** How long a read waits for the old system to finish a write. */
const busyTimeoutMs = 10_000;

/**
 * A SQLite file opened for reading, with no file made beside it. A database in WAL mode would get two when it is opened
 * the usual way, which is also why that fails in a folder that may not be written to:
 * - `live`: somebody has it open, so that they are there already; or it has no WAL mode;
 * - `still`: nobody has it open: read as a file that does not change, as long as it does not (`isStale`);
 * - `copied`: its log was left behind without the index of it, or a write that was broken off left its journal, which
 *   has to be taken back first: read from a copy.
 */
export interface OpenSqlite {
  sqlite: InstanceType<typeof Database>;
  /** True when somebody changed the file that was taken for still: what was read since it was opened may be wrong. */
  isStale: () => boolean;
  close: () => void;
}

/** @throws Error of the system or of the driver, when it cannot be read */
export function openSqlite(path: string): OpenSqlite {
  accessSync(path, constants.R_OK);
  if (!isWal(path) || sizeOf(`${path}-shm`) !== null) return openedOrCopied(path);
  if ((sizeOf(`${path}-wal`) ?? 0) > 0) return openCopy(path);
  const before = signature(path);
  return { ...opened(path, 'mode=ro&immutable=1'), isStale: () => signature(path) !== before };
}

function opened(path: string, mode: string): OpenSqlite {
  const sqlite = new Database(`${pathToFileURL(path).href.replaceAll('?', '%3f')}?${mode}`);
  sqlite.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}; PRAGMA query_only = ON`);
  return { sqlite, isStale: () => false, close: () => void sqlite.close() };
}

/** A copy where reading alone is not enough: SQLite would have to repair what was left there first. */
function openedOrCopied(path: string): OpenSqlite {
  const file = opened(path, 'mode=ro');
  try {
    file.sqlite.prepare('SELECT 1 FROM sqlite_schema').get();
    return file;
  } catch (error) {
    file.close();
    if (codeOf(error)?.startsWith('SQLITE_READONLY')) return openCopy(path);
    throw error;
  }
}

/** With what was left beside it, which SQLite then works into the copy. */
function openCopy(path: string): OpenSqlite {
  const folder = mkdtempSync(join(tmpdir(), 'artifact-graph-legacy-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const copy = join(folder, 'legacy.db');
    const before = signature(path);
    for (const part of ['', '-wal', '-journal'].filter((name) => sizeOf(path + name) !== null)) {
      copyFileSync(path + part, copy + part);
      // As the original may not be written to.
      chmodSync(copy + part, 0o600);
    }
    const { sqlite, close } = opened(copy, 'mode=rw');
    const closeAndRemove = () => {
      close();
      remove();
    };
    return { sqlite, isStale: () => signature(path) !== before, close: closeAndRemove };
  } catch (error) {
    remove();
    throw error;
  }
}

/** Bytes 18 and 19 of the header (SQLite file format, 1.3.3): 2 for WAL. */
function isWal(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const versions = Buffer.alloc(2);
    return readSync(file, versions, 0, 2, 18) === 2 && versions.includes(2);
  } finally {
    closeSync(file);
  }
}

const sizeOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.size ?? null;

/** Another text after any write: it goes to the log first, and from there into the file. */
function signature(path: string): string {
  const parts = ['', '-wal'].map((part) => statSync(path + part, { bigint: true, throwIfNoEntry: false }));
  return parts.map((stats) => `${stats?.ino} ${stats?.size} ${stats?.mtimeNs}`).join();
}
