import { resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { InvalidInput } from '../errors.js';
import type { LegacyTables } from '../legacy/source/legacy-tables.js';
import { openLegacyTables } from '../legacy/source/open-legacy-tables.js';
import type { CommandDeps } from './command-deps.js';

/** The old database named on the command line, or else by LEGACY_DATABASE. @throws InvalidInput when there is neither */
export function legacySource({ config }: CommandDeps, source: string | undefined): string {
  const found = source ?? config.legacyDatabase;
  if (found === undefined) throw new InvalidInput('name the old database, or set LEGACY_DATABASE');
  return found;
}

/** Opens the old database for the length of `work`. */
export async function withLegacyTables<T>(
  source: string,
  work: (tables: LegacyTables) => Promise<T>,
): Promise<T> {
  const tables = await openLegacyTables(source);
  try {
    return await work(tables);
  } finally {
    await tables.close();
  }
}

export type PathMap = { from: string; to: string };

/** `OLD=NEW`, repeatable. OLD may hold a `=`: NEW is what comes after the last one. */
export function addPathMap(value: string, before: PathMap[]): PathMap[] {
  const at = value.lastIndexOf('=');
  if (at < 1 || at === value.length - 1)
    throw new InvalidArgumentError('must be OLD=NEW, two beginnings of paths');
  return [...before, { from: value.slice(0, at), to: resolve(value.slice(at + 1)) }];
}
