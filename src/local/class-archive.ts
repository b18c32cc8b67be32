import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cachedFolder } from './cache.js';

/**
 * Java's archive of loaded classes (AppCDS), which halves the processor time of a Neo4j start. The first server that
 * ends in order leaves one; it is moved to the cache only when it is whole, and Java ignores one that does not fit.
 */
export interface ClassArchive {
  file: string;
  /** Java's flag for this start: use the archive, or write one at the end of the process. */
  flag: string;
  /** Where this start writes one, null when it uses one. */
  written: string | null;
}

/** An archive fits one Java build and one class path only. */
export function classArchive(installDir: string, javaVersion: string, folder: string): ClassArchive {
  const fits = createHash('sha256').update(`${javaVersion}\n${installDir}`).digest('hex').slice(0, 12);
  const file = join(`${installDir}-classes-${fits}`, 'classes.jsa');
  if (existsSync(file)) return { file, flag: `-XX:SharedArchiveFile=${file}`, written: null };
  const written = join(folder, 'classes.jsa');
  return { file, flag: `-XX:ArchiveClassesAtExit=${written}`, written };
}

/** Moves what the ended server wrote to the cache, for every later start. */
export async function keepClassArchive(written: string, file: string): Promise<void> {
  if (!existsSync(written)) return;
  const folder = dirname(file);
  await cachedFolder(
    dirname(folder),
    folder.slice(dirname(folder).length + 1),
    (temporary) => copyFile(written, join(temporary, 'classes.jsa')),
    { onProgress: () => undefined },
  );
  await rm(written);
}

export async function dropClassArchive(file: string): Promise<void> {
  await rm(dirname(file), { recursive: true, force: true });
}
