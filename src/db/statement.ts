import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { catalogue } from '../model/catalogue.js';
import { projection, propertyMap } from '../model/stored.js';
import { packageRoot } from '../package-root.js';

/** One named Cypher file with the shapes that go in and come out; declared beside its only caller. */
export interface Statement<P extends z.ZodType, R extends z.ZodType> {
  /** Path below cypher/, the statement's name in logs and errors. */
  readonly file: string;
  readonly text: string;
  readonly params: P;
  readonly row: R;
}

/**
 * The text without its leading comment header: what the server parses and keys its plan cache by. Two includes come
 * from the catalogue of the model: `@artifact(a)` is `a` as a list of its properties, which `rowOf` reads;
 * `@artifact($rows[n])` is the map of properties that a node or relationship is created with, of row `n` of `columnsOf`.
 */
export function readCypher(path: string): string {
  const lines = readFileSync(path, 'utf8').split('\n');
  const start = lines.findIndex((line) => line.trim() !== '' && !line.startsWith('//'));
  return lines
    .slice(start)
    .join('\n')
    .trim()
    .replaceAll(/@(\w+)\(([^()]*)\)/g, include);
}

function include(_: string, name: string, argument: string): string {
  const entity = catalogue.get(name);
  if (!entity) throw new Error(`@${name}: the model has no such entity`);
  const row = /^(\$\w+)\[(\w+)\]$/.exec(argument);
  return row?.[1] && row[2] ? propertyMap(entity, row[1], row[2]) : projection(entity, argument);
}

export function statement<P extends z.ZodType, R extends z.ZodType>(
  file: string,
  shapes: { params: P; row: R },
): Statement<P, R> {
  return { file, text: readCypher(join(packageRoot, 'cypher', file)), ...shapes };
}
