import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { packageRoot } from '../package-root.js';

/** One named Cypher file with the shapes that go in and come out; declared beside its only caller. */
export interface Statement<P extends z.ZodType, R extends z.ZodType> {
  /** Path below cypher/, the statement's name in logs and errors. */
  readonly file: string;
  readonly text: string;
  readonly params: P;
  readonly row: R;
}

/** The text without its leading comment header: what the server parses and keys its plan cache by. */
export function readCypher(path: string): string {
  const lines = readFileSync(path, 'utf8').split('\n');
  const start = lines.findIndex((line) => line.trim() !== '' && !line.startsWith('//'));
  return lines.slice(start).join('\n').trim();
}

export function statement<P extends z.ZodType, R extends z.ZodType>(
  file: string,
  shapes: { params: P; row: R },
): Statement<P, R> {
  return { file, text: readCypher(join(packageRoot, 'cypher', file)), ...shapes };
}
