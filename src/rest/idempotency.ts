import { createHash, randomUUID } from 'node:crypto';
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

const givenAnswer = { digest: z.string(), status: z.number().nullable(), body: z.string().nullable() };
const findAnswer = statement('idempotency/find-answer.cypher', {
  params: z.object({ key: z.string() }),
  row: z.object(givenAnswer),
});
const claimKey = statement('idempotency/claim-key.cypher', {
  params: z.object({
    key: z.string(),
    digest: z.string(),
    holder: z.string(),
    now: z.number().int(),
    until: z.number().int(),
  }),
  row: z.object({ ...givenAnswer, ours: z.boolean() }),
});
const claim = z.object({ key: z.string(), holder: z.string() });
const holdKey = statement('idempotency/hold-key.cypher', {
  params: claim,
  row: z.object({ key: z.string() }),
});
const renewKey = statement('idempotency/renew-key.cypher', {
  params: claim.extend({ until: z.number().int() }),
  row: z.never(),
});
const releaseKey = statement('idempotency/release-key.cypher', { params: claim, row: z.never() });
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

type Scoped = IdempotentRequest & { scopedKey: string };

const scoped = ({ actor }: Context, request: IdempotentRequest): Scoped => ({
  ...request,
  scopedKey: JSON.stringify([actor, request.key]),
});

/** The answer given before under this key. @throws Conflict when the key was used for another request */
export async function findReplay(ctx: Context, request: IdempotentRequest): Promise<Replay | null> {
  const asked = scoped(ctx, request);
  return replayOf(asked, await ctx.db.maybeOne(findAnswer, { key: asked.scopedKey }));
}

function replayOf(
  { key, digest }: Scoped,
  given: { digest: string; status: number | null; body: string | null } | null,
): Replay | null {
  if (given && given.digest !== digest) {
    throw new Conflict('this Idempotency-Key was used for another request', 'conflict', {
      idempotencyKey: key,
    });
  }
  return given?.status != null && given.body !== null ? { status: given.status, json: given.body } : null;
}

/** A claim that is not renewed for so long was left behind by a process that ended. */
const claimedForMs = 12_000;
const renewedEveryMs = 3_000;

/**
 * Carries a request out once for its key, whatever instance it reaches and however often, and gives the first answer
 * again to each repetition. The key is claimed first, so that a repetition meanwhile is refused at once and waits for
 * nothing; the answer is recorded in the transaction that does the work, so there is never one without the other. A
 * request that is refused or fails leaves no trace: repeating it tries again.
 * @param work may be called again after a deadlock; all it writes must go through the context that it is given
 * @throws Conflict when the key was used for another request; `in_progress` while the first is under way
 */
export async function answerOnce<B>(
  ctx: Context,
  request: IdempotentRequest,
  work: (ctx: Context) => Promise<Answer<B>>,
): Promise<{ answer: Answer<B> } | { replay: Replay }> {
  const asked = scoped(ctx, request);
  const holder = randomUUID();
  const now = ctx.clock().getTime();
  const { scopedKey: key, digest } = asked;
  const claimed = await ctx.db.write((tx) =>
    tx.one(claimKey, { key, digest, holder, now, until: now + claimedForMs }),
  );
  const replay = replayOf(asked, claimed);
  if (replay) return { replay };
  if (!claimed.ours) throw inProgress(asked);
  const renewing = keepClaim(ctx, { key, holder });
  try {
    return { answer: await answerHeld(ctx, asked, holder, work) };
  } catch (error) {
    await ctx.db
      .write((tx) => tx.exec(releaseKey, { key, holder }))
      .catch((err: unknown) => ctx.log.warn({ err }, 'an idempotency key stays claimed for some seconds'));
    throw error;
  } finally {
    clearInterval(renewing);
  }
}

/** Renews a claim until the timer is cleared. A renewal that fails is no loss: whoever takes the key over, one of the two commits. */
function keepClaim({ db, clock, log }: Context, claimed: z.infer<typeof claim>): NodeJS.Timeout {
  const renew = () =>
    db
      .write((tx) => tx.exec(renewKey, { ...claimed, until: clock().getTime() + claimedForMs }))
      .catch((err: unknown) => log.warn({ err }, 'the claim of an idempotency key was not renewed'));
  return setInterval(() => void renew(), renewedEveryMs);
}

function answerHeld<B>(
  ctx: Context,
  asked: Scoped,
  holder: string,
  work: (ctx: Context) => Promise<Answer<B>>,
): Promise<Answer<B>> {
  const key = asked.scopedKey;
  return ctx.db.write(async (tx) => {
    const answer = await work({ ...ctx, db: new JoinedDatabase(ctx.db, tx) });
    // Last, so that nobody waits for the lock, and renewals go through: of two that hold the key one after the other, one commits.
    if (!(await tx.maybeOne(holdKey, { key, holder }))) throw inProgress(asked);
    await tx.exec(recordAnswer, { key, status: answer.status, body: JSON.stringify(answer.body) });
    return answer;
  });
}

function inProgress({ key }: Scoped): Conflict {
  return new Conflict('a request with this Idempotency-Key is under way', 'in_progress', {
    idempotencyKey: key,
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
