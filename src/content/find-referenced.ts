import { z } from 'zod';
import type { Context } from '../context.js';
import { statement } from '../db/statement.js';
import { sha256, type Sha256 } from '../model/digest.js';

const find = statement('content/find-referenced.cypher', {
  params: z.object({ digests: z.array(sha256) }),
  row: z.object({ sha256 }),
});

/** Those of the digests that an artifact refers to. */
export async function findReferenced(ctx: Pick<Context, 'db'>, digests: Sha256[]): Promise<Set<Sha256>> {
  if (digests.length === 0) return new Set();
  return new Set((await ctx.db.many(find, { digests })).map((row) => row.sha256));
}
