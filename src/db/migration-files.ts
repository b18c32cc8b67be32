import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { packageRoot } from '../package-root.js';
import { readCypher } from './statement.js';
import { digestOf } from '../model/digest.js';

/** `V202__guard.trigger.cypher`: version 202, installed as the database trigger named `guard`. */
const fileName = /^V(?<version>\d{3})__(?<name>[a-z0-9_]+)(?<trigger>\.trigger)?\.cypher$/;
const fileNameGroups = z.object({
  version: z.coerce.number(),
  name: z.string(),
  trigger: z.string().optional(),
});

export interface Migration {
  version: number;
  name: string;
  file: string;
  /** SHA-256 of the whole file. */
  checksum: string;
  /** Schema statements in order; for a trigger the one statement that the trigger runs. */
  statements: string[];
  kind: 'schema' | 'trigger';
}

function readMigration(folder: string, file: string): Migration {
  const groups = fileNameGroups.safeParse(fileName.exec(file)?.groups);
  if (!groups.success) throw new Error(`migrations/${file}: the name must be V001__what_it_does.cypher`);
  const { version, name, trigger } = groups.data;
  const text = readFileSync(join(folder, file), 'utf8');
  const body = readCypher(join(folder, file));
  return {
    version,
    name,
    file,
    checksum: digestOf(text),
    statements: trigger
      ? [body]
      : body
          .split(/;\s*$/m)
          .map((part) => part.trim())
          .filter((part) => part !== ''),
    kind: trigger ? 'trigger' : 'schema',
  };
}

/** All migrations in order of version. @throws Error for a wrong name or a version that occurs twice */
export function readMigrations(folder = join(packageRoot, 'migrations')): Migration[] {
  const migrations = readdirSync(folder)
    .filter((file) => file.endsWith('.cypher'))
    .map((file) => readMigration(folder, file))
    .sort((a, b) => a.version - b.version);
  for (const [position, { version, file }] of migrations.entries()) {
    if (migrations[position + 1]?.version === version)
      throw new Error(`migrations/${file}: version ${version} occurs twice`);
  }
  return migrations;
}
