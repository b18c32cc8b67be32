import { z } from 'zod';
import type { Context } from '../context.js';
import { statement } from '../db/statement.js';
import { decodeCursor, encodeCursor } from '../model/cursor.js';
import { parseInput } from '../model/parse-input.js';
import { fileReport } from './media/find-media.js';
import { bundleKinds } from './source/legacy-bundle.js';
import { bundleOutcome } from './write/remember-imports.js';

const listInput = z.strictObject({
  first: z.number().int().min(1).max(200).default(50),
  after: z.string().nullish(),
  troubled: z.boolean().default(false),
});
const place = z.tuple([z.iso.datetime({ offset: true }), z.string()]);

const text = z.string().nullable();
const ids = z.array(z.string());
const files = text.transform((json) => z.array(fileReport).parse(json === null ? [] : JSON.parse(json)));
const readNewest = statement('legacy/read-newest-imports.cypher', {
  params: z.object({ to: z.string(), key: z.string(), troubled: z.boolean(), limit: z.number().int() }),
  row: z.object({
    key: z.string(),
    source: z.string(),
    kind: z.enum(bundleKinds),
    sourceId: text,
    outcome: bundleOutcome,
    reason: text,
    exactAt: z.string(),
    at: z.number(),
    actor: text,
    artifactIds: ids,
    runs: z.number(),
    links: z.number(),
    problems: ids,
    files,
  }),
});
const countImports = statement('legacy/count-imports.cypher', {
  params: z.object({}),
  row: z.object({
    source: z.string(),
    imported: z.number(),
    failed: z.number(),
    others: z.number(),
    artifacts: z.number(),
    troubled: z.number(),
    latest: z.number(),
  }),
});

/** One row of an old database, and what it became; `files` are those that are not simply stored. `at` in milliseconds. */
export type ListedImport = Omit<z.output<typeof readNewest.row>, 'exactAt'>;
/** How far the import of one old database is; `imported` and `failed` count stories. */
export type CountedImports = z.output<typeof countImports.row>;

export interface ImportPage {
  imports: ListedImport[];
  hasNextPage: boolean;
  endCursor: string | null;
}

/**
 * What imports brought, newest first; the answer grows while one runs.
 * @throws InvalidInput
 */
export async function listImports({ db }: Pick<Context, 'db'>, input: unknown): Promise<ImportPage> {
  const { first, after, troubled } = parseInput(listInput, input);
  const [to, key] =
    after == null ? ['9999-12-31T00:00:00Z', ''] : decodeCursor(after, place, { field: 'after', of: 'list' });
  const found = await db.many(readNewest, { to, key, troubled, limit: first + 1 });
  const imports = found.slice(0, first);
  const last = imports.at(-1);
  return {
    imports,
    hasNextPage: found.length > first,
    endCursor: last ? encodeCursor([last.exactAt, last.key]) : (after ?? null),
  };
}

export const countImportsBySource = ({ db }: Pick<Context, 'db'>): Promise<CountedImports[]> =>
  db.many(countImports, {});
