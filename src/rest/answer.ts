import type { FastifyReply, FastifyRequest } from 'fastify';
import { recordOrPutAgain } from '../content/record-contents.js';
import type { ContentToRecord } from '../content/register-content.js';
import { InvalidInput } from '../errors.js';
import type { Context } from '../context.js';
import {
  answerOnce,
  findReplay,
  requestDigest,
  type Answer,
  type IdempotentRequest,
  type Replay,
} from './idempotency.js';

/** The request's Idempotency-Key, or null where it has none. @throws InvalidInput */
export function idempotencyKey({ headers }: FastifyRequest): string | null {
  const key = headers['idempotency-key'];
  if (key === undefined) return null;
  if (typeof key === 'string' && /^[\x21-\x7e]{1,255}$/.test(key)) return key;
  throw new InvalidInput('Idempotency-Key is invalid', [
    { path: 'idempotency-key', message: 'must be 1 to 255 visible ASCII characters' },
  ]);
}

/** Answers a POST; with an Idempotency-Key, only once. */
export async function answerPost<B>(
  request: FastifyRequest,
  reply: FastifyReply,
  work: (ctx: Context) => Promise<Answer<B>>,
): Promise<B | void> {
  const key = idempotencyKey(request);
  if (key === null) return begin(reply, await work(request.ctx));
  const digest = requestDigest(request.method, request.url, JSON.stringify(request.body ?? null));
  return answerKeyed(request, reply, { key, digest }, work);
}

async function answerKeyed<B>(
  request: FastifyRequest,
  reply: FastifyReply,
  keyed: IdempotentRequest,
  work: (ctx: Context) => Promise<Answer<B>>,
): Promise<B | void> {
  const outcome = await answerOnce(request.ctx, keyed, work);
  if ('answer' in outcome) return begin(reply, outcome.answer);
  await sendReplay(reply, outcome.replay);
}

export interface MovingWork<B> {
  /** Brings the bytes into the store. */
  move: () => Promise<ContentToRecord>;
  record: (ctx: Context, stored: ContentToRecord) => Promise<Answer<B>>;
}

/**
 * As `answerKeyed` for a request that moves bytes, which may take longer than a transaction: they are moved first,
 * outside of it, unless the request was answered before.
 */
export async function answerWithBytes<B>(
  request: FastifyRequest,
  reply: FastifyReply,
  keyed: IdempotentRequest,
  { move, record }: MovingWork<B>,
): Promise<B | void> {
  const replay = await findReplay(request.ctx, keyed);
  if (replay) return sendReplay(reply, replay);
  const stored = await move();
  return recordOrPutAgain(
    () => answerKeyed(request, reply, keyed, (ctx) => record(ctx, stored)),
    stored.putAgain,
  );
}

async function sendReplay(reply: FastifyReply, { status, json }: Replay): Promise<void> {
  await reply
    .code(status)
    .header('idempotency-replayed', 'true')
    .type('application/json; charset=utf-8')
    .serializer((text: string) => text)
    .send(json);
}

function begin<B>(reply: FastifyReply, { status, body }: Answer<B>): B {
  reply.code(status);
  return body;
}
