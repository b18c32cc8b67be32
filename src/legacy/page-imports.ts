import { z } from 'zod';
import type { Context } from '../context.js';
import { statement } from '../db/statement.js';

const list = z
  .array(z.string())
  .nullable()
  .transform((value) => value ?? []);
const madeRow = z.object({
  key: z.string(),
  kind: z.string(),
  sourceId: z.string().nullable(),
  madeStory: z.boolean().nullable(),
  addedFields: list,
  artifactIds: list,
  runIds: list,
  stepIds: list,
  linkKeys: list,
  relationKeys: list,
  stageKeys: list,
});

/** Everything that one import made, by id or key. */
export type MadeByImport = z.output<typeof madeRow>;

const pageStatement = statement('legacy/page-imports.cypher', {
  params: z.object({ source: z.string(), after: z.string(), limit: z.number().int() }),
  row: madeRow,
});

/** The records of all imports from one old database, a page at a time. Those of a page may be deleted before the next. */
export async function* pageImports(
  { db }: Context,
  source: string,
  limit: number,
): AsyncGenerator<MadeByImport[]> {
  for (let after = ''; ;) {
    const page = await db.many(pageStatement, { source, after, limit });
    const last = page.at(-1);
    if (!last) return;
    yield page;
    after = last.key;
  }
}

/** The story that an import made; null when it made none, or only added to one. */
export function storyMade({ kind, sourceId, madeStory }: MadeByImport): string | null {
  return kind === 'story' && madeStory ? sourceId : null;
}
