import type { Readable } from 'node:stream';
import type { Context } from '../context.js';
import { IntegrityError } from '../errors.js';
import type { Sha256 } from '../model/digest.js';
import { getContentOfArtifact } from './content-of-artifact.js';
import { planDelivery, safeHeaders, type Conditions, type DeliveryPlan } from './delivery-headers.js';
import { openVerified, verifyStored } from './open-verified.js';

export interface OpenedContent extends Omit<DeliveryPlan, 'range'> {
  /** The bytes to send; null where the answer has none (304, 416, or a HEAD). */
  body: Readable | null;
}

/**
 * The bytes of an artifact as an HTTP answer: status and headers by the request's conditions, and verified bytes.
 * An object found rotten while it streams ends the stream with an error before its last piece: the caller then has
 * to break the connection off rather than end it.
 * @throws NotFound, IntegrityError, Unavailable
 */
export async function openContent(
  ctx: Pick<Context, 'db' | 'content' | 'log'>,
  artifactId: string,
  conditions: Conditions,
  options: { headOnly?: boolean } = {},
): Promise<OpenedContent> {
  const content = await getContentOfArtifact(ctx, artifactId);
  // RFC 9110, 14.2: Range is defined for GET only.
  const asked = options.headOnly ? { ...conditions, range: undefined } : conditions;
  const { status, headers, range } = planDelivery(content, asked);
  if (status === 304 || status === 416 || options.headOnly) {
    await ensureStored(ctx, content);
    return { status, headers, body: null };
  }
  try {
    const body = await openVerified(ctx.content, content, range);
    body.on('error', (error: unknown) => report(ctx, error));
    return { status, headers, body };
  } catch (error) {
    report(ctx, error);
    throw error;
  }
}

/**
 * An answer without bytes promises them all the same, and is refused where a GET would be.
 * @throws NotFound when the store does not have them, IntegrityError when it has others
 */
export async function ensureStored(
  ctx: Pick<Context, 'content' | 'log'>,
  content: { sha256: Sha256; sizeBytes: number },
): Promise<void> {
  try {
    await verifyStored(ctx.content, content);
  } catch (error) {
    report(ctx, error);
    throw error;
  }
}

/** A rotten object needs somebody's attention, whether or not the reader complains. */
function report(ctx: Pick<Context, 'log'>, error: unknown): void {
  if (error instanceof IntegrityError) ctx.log.error({ err: error }, error.message);
}

/**
 * An address at which the store itself gives out the artifact's bytes for `seconds`, under the same headers; null
 * where the store has none. Such bytes are the store's word: they do not pass the verification here.
 * @throws NotFound
 */
export async function presignContent(
  ctx: Pick<Context, 'db' | 'content'>,
  artifactId: string,
  seconds = 300,
): Promise<string | null> {
  const content = await getContentOfArtifact(ctx, artifactId);
  const headers = safeHeaders(content);
  return ctx.content.presignedGet(content.sha256, seconds, {
    'content-type': headers['content-type'],
    'content-disposition': headers['content-disposition'],
  });
}
