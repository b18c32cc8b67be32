import { z } from 'zod';
import type { Context } from '../context.js';
import { statement } from '../db/statement.js';

const findAny = statement('artifacts/find-any.cypher', {
  params: z.object({}),
  row: z.object({ empty: z.boolean() }),
});

/** True while nothing was ever recorded: no artifact, no story. */
export async function isEmptyGraph({ db }: Context): Promise<boolean> {
  return (await db.one(findAny, {})).empty;
}
