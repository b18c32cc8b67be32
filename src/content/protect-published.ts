import { z } from 'zod';
import type { Context } from '../context.js';
import { statement } from '../db/statement.js';
import { NotFound } from '../errors.js';
import { sha256 } from '../model/digest.js';
import { getContentOfArtifact } from './content-of-artifact.js';
import { eachOf } from './pages.js';

const pagePublished = statement('content/page-published.cypher', {
  params: z.object({ after: z.string(), limit: z.number().int() }),
  row: z.object({ sha256, published: z.boolean() }),
});

const pageSize = 500;
const dayMs = 86_400_000;

/**
 * Locks the bytes of one artifact against removal for some days, where the store can. An artifact without bytes has
 * nothing to lock.
 * @throws NotFound for an unknown artifact
 */
export async function protectContent(
  ctx: Pick<Context, 'db' | 'content' | 'clock'>,
  artifactId: string,
  days: number,
): Promise<'protected' | 'unsupported'> {
  const until = new Date(ctx.clock().getTime() + days * dayMs);
  try {
    const { sha256: digest } = await getContentOfArtifact(ctx, artifactId);
    return await ctx.content.protect(digest, until);
  } catch (error) {
    if (error instanceof NotFound && error.entity === 'content of artifact') return 'unsupported';
    throw error;
  }
}

/**
 * Locks the bytes of every published artifact for some days from now, extending shorter locks. To be repeated before
 * the days have passed. Stops at once where the store has no locks.
 */
export async function protectPublished(
  ctx: Pick<Context, 'db' | 'content' | 'clock'>,
  days: number,
): Promise<{ protected: number; unsupported: boolean }> {
  const until = new Date(ctx.clock().getTime() + days * dayMs);
  const report = { protected: 0, unsupported: false };
  for (let after = ''; ;) {
    const page = await ctx.db.many(pagePublished, { after, limit: pageSize });
    const published = page.filter((content) => content.published);
    await eachOf(published, 8, async ({ sha256: digest }) => {
      if ((await ctx.content.protect(digest, until)) === 'protected') report.protected++;
      else report.unsupported = true;
    });
    const last = page.at(-1);
    if (!last || page.length < pageSize || report.unsupported) return report;
    after = last.sha256;
  }
}
