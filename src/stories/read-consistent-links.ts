import type { z } from 'zod';
import type { Context } from '../context.js';
import { lockAll } from '../db/locks.js';
import type { Statement } from '../db/statement.js';

/**
 * Reads links of a story as they are between two promotions, never within one.
 *
 * Neo4j reads are read-committed: a statement that passes over several links while a promotion is applied may see the
 * old primary demoted and the new one not yet promoted. Rows that look so are read again under the story's lock, which
 * every promotion holds until it is applied whole.
 */
export async function readConsistentLinks<P extends z.ZodType, R extends z.ZodType>(
  { db }: Pick<Context, 'db'>,
  storyId: string,
  { statement, params, looksConsistent }: ConsistentRead<P, R>,
): Promise<z.output<R>[]> {
  const rows = await db.many(statement, params);
  if (looksConsistent(rows)) return rows;
  return db.write(async (tx) => {
    await lockAll(tx, [{ stories: [storyId] }]);
    return tx.many(statement, params);
  });
}

interface ConsistentRead<P extends z.ZodType, R extends z.ZodType> {
  statement: Statement<P, R>;
  params: z.input<P>;
  /** False for what a promotion under way may look like; a story that really is so costs a second read. */
  looksConsistent: (rows: readonly z.output<R>[]) => boolean;
}

/** Whether each role that has links has exactly one primary among them. */
export function haveOnePrimaryEach(links: readonly { role: string; isPrimary: boolean }[]): boolean {
  const primaries = new Map<string, number>();
  for (const { role, isPrimary } of links)
    primaries.set(role, (primaries.get(role) ?? 0) + Number(isPrimary));
  return [...primaries.values()].every((count) => count === 1);
}
