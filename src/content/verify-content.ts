import { z } from 'zod';
import type { Context } from '../context.js';
import { statement } from '../db/statement.js';
import { NotFound, Unavailable } from '../errors.js';
import { sha256, type Sha256 } from '../model/digest.js';
import { digestStream } from './digest-stream.js';
import { eachOf } from './pages.js';

const pageContents = statement('content/page-contents.cypher', {
  params: z.object({ after: z.string(), limit: z.number().int() }),
  row: z.object({ sha256, sizeBytes: z.number(), mimeType: z.string() }),
});

export interface ContentFinding {
  sha256: Sha256;
  /** `unreadable`: the store serves, but not this object; MinIO so hides one whose disk has rotted. */
  problem: 'missing' | 'wrong_bytes' | 'wrong_length' | 'unreadable';
  expected: string;
  found: string;
}

const pageSize = 500;
/** Objects read at once: hashing is the cost, and it has one thread. */
const width = 4;

/**
 * Reads every recorded content from the store and hashes it. Yields what is not as recorded, in ascending order of
 * digests within each page.
 * @throws Unavailable when the store goes away: that is no finding
 */
export async function* verifyContent(
  ctx: Pick<Context, 'db' | 'content'>,
  options: { onProgress?: (verified: number) => void; signal?: AbortSignal } = {},
): AsyncGenerator<ContentFinding> {
  let after = '';
  for (let verified = 0; ;) {
    const page = await ctx.db.many(pageContents, { after, limit: pageSize });
    const findings: ContentFinding[] = [];
    await eachOf(page, width, async (content) => {
      options.signal?.throwIfAborted();
      const finding = await verifyObject(ctx, content);
      if (finding) findings.push(finding);
      options.onProgress?.(++verified);
    });
    yield* findings.sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1));
    const last = page.at(-1);
    if (!last || page.length < pageSize) return;
    after = last.sha256;
  }
}

/**
 * What is wrong with one stored object, or null.
 * @throws Unavailable when the store itself is away
 */
export async function verifyObject(
  ctx: Pick<Context, 'content'>,
  content: { sha256: Sha256; sizeBytes: number },
): Promise<ContentFinding | null> {
  const expected = content.sha256;
  try {
    return await readObject(ctx, content);
  } catch (error) {
    if (error instanceof NotFound)
      return { sha256: expected, problem: 'missing', expected, found: 'nothing' };
    if (!(error instanceof Unavailable)) throw error;
  }
  try {
    // Was it the store, or this object? A store that is away throws here; one that came back gives the object now.
    await ctx.content.check();
    return await readObject(ctx, content);
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    await ctx.content.check();
    return { sha256: expected, problem: 'unreadable', expected, found: error.message };
  }
}

async function readObject(
  ctx: Pick<Context, 'content'>,
  { sha256: expected, sizeBytes }: { sha256: Sha256; sizeBytes: number },
): Promise<ContentFinding | null> {
  const found = await digestStream(await ctx.content.open(expected));
  if (found.sha256 !== expected) {
    return { sha256: expected, problem: 'wrong_bytes', expected, found: found.sha256 };
  }
  if (found.sizeBytes === sizeBytes) return null;
  const [recorded, stored] = [`${sizeBytes} bytes`, `${found.sizeBytes} bytes`];
  return { sha256: expected, problem: 'wrong_length', expected: recorded, found: stored };
}
