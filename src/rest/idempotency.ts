import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Context } from '../context.js';
import type { Database } from '../db/database.js';
import { JoinedDatabase } from '../db/joined-database.js';
import { statement } from '../db/statement.js';
import { Conflict } from '../errors.js';

/** What a route answers; the body is JSON. */
export interface Answer<B> {
  status: number;
  body: B;
}

/** An answer given before, word for word. */
export interface Replay {
  status: number;
  json: string;
}

const claimKey = statement('idempotency/claim-key.cypher', {
  params: z.object({ key: z.string(), digest: z.string(), now: z.number().int() }),
  row: z.object({ digest: z.string(), status: z.number().nullable(), body: z.string().nullable() }),
});
const recordAnswer = statement('idempotency/record-answer.cypher', {
  params: z.object({ key: z.string(), status: z.number().int(), body: z.string() }),
  row: z.never(),
});
const removeOldKeys = statement('idempotency/remove-old-keys.cypher', {
  params: z.object({ before: z.number().int(), limit: z.number().int() }),
  row: z.object({ removed: z.number() }),
});

export interface IdempotentRequest {
  /** The client's own key; another client's equal key is another key. */
  key: string;
  /** Everything that makes up the request: the same key for another request is a mistake. */
  digest: string;
}

/** SHA-256 over parts of a request, each with its length, so that no two lists of parts look alike. */
export function requestDigest(...parts: string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part);
  return hash.digest('hex');
}

/**
 * Carries a request out once for its key, whatever instance it reaches and however often, and gives the first answer
 * again to each repetition. The answer is recorded in the transaction that does the work, so there is never one without
 * the other. A request that is refused or fails leaves no trace: repeating it tries again.
 * @param work may be called again after a deadlock; all it writes must go through the context that it is given
 * @throws Conflict when the key was used for another request
 */
export async function answerOnce<B>(
  ctx: Context,
  { key, digest }: IdempotentRequest,
  work: (ctx: Context) => Promise<Answer<B>>,
): Promise<{ answer: Answer<B> } | { replay: Replay }> {
  const scopedKey = JSON.stringify([ctx.actor, key]);
  return ctx.db.write(async (tx) => {
    const claimed = await tx.one(claimKey, { key: scopedKey, digest, now: ctx.clock().getTime() });
    if (claimed.digest !== digest) {
      throw new Conflict('this Idempotency-Key was used for another request', 'conflict', {
        idempotencyKey: key,
      });
    }
    if (claimed.status !== null && claimed.body !== null) {
      return { replay: { status: claimed.status, json: claimed.body } };
    }
    const answer = await work({ ...ctx, db: new JoinedDatabase(ctx.db, tx) });
    await tx.exec(recordAnswer, { key: scopedKey, status: answer.status, body: JSON.stringify(answer.body) });
    return { answer };
  });
}

const keepFor = 7 * 24 * 3600 * 1000;
const removedAtOnce = 1000;

/** Forgets keys after a week. @returns how many */
export async function forgetOldKeys(db: Database, now: number): Promise<number> {
  for (let total = 0; ;) {
    const { removed } = await db.write((tx) =>
      tx.one(removeOldKeys, { before: now - keepFor, limit: removedAtOnce }),
    );
    total += removed;
    if (removed < removedAtOnce) return total;
  }
}
