import { z } from 'zod';
import type { Context } from '../context.js';
import { statement } from '../db/statement.js';

const findStatement = statement('audit/find-broken-invariants.cypher', {
  params: z.object({}),
  row: z.object({ rule: z.string(), id: z.string().nullable(), detail: z.string() }),
});

/** A node that breaks a rule of the model; such a thing can only come from outside the service and its guards. */
export type BrokenInvariant = z.infer<typeof findStatement.row>;

/** The whole graph is read: ten minutes. */
const patienceMs = 600_000;

/** Checks every invariant of the model over the whole graph. @returns an empty list when all hold */
export function findBrokenInvariants({ db }: Context): Promise<BrokenInvariant[]> {
  return db.within({ readMs: patienceMs }).many(findStatement, {});
}
