import { z } from 'zod';
import type { Context } from '../context.js';
import { statement } from '../db/statement.js';
import { InvalidInput, NotFound } from '../errors.js';
import { id } from '../model/identifiers.js';
import { listOf } from '../model/list.js';
import { parseInput } from '../model/parse-input.js';
import { readTrace } from './read-trace.js';
import { maxDepth, maxLimit } from './trace-request.js';

const traceImpactInput = z.strictObject({
  artifactIds: listOf(id, 1000).nullish(),
  stepId: id.nullish(),
  runId: id.nullish(),
  limit: z.number().int().min(1).max(maxLimit).default(10_000),
});

const findOutputs = statement('lineage/find-outputs.cypher', {
  params: z.object({ stepId: z.string().nullable(), runId: z.string().nullable() }),
  row: z.object({ stepExists: z.boolean(), runExists: z.boolean(), artifactIds: z.array(z.string()) }),
});
const readImpact = statement('lineage/read-impact.cypher', {
  params: z.object({ artifactIds: z.array(z.string()) }),
  row: z.object({ publishedIds: z.array(z.string()), storyIds: z.array(z.string()) }),
});

export interface Impact {
  /** Nearest first; without the artifacts that were named by id. */
  artifactIds: string[];
  publishedIds: string[];
  /** Stories that show any of the artifacts, in any role; oldest first. */
  storyIds: string[];
  truncated: boolean;
}

/**
 * What depends on some artifacts, or on what a step or a run made. What a step or run made counts as its impact; an
 * artifact named by id does not count as its own.
 * @throws InvalidInput when nothing is named; NotFound
 */
export async function traceImpact(ctx: Pick<Context, 'db'>, input: unknown): Promise<Impact> {
  const { artifactIds, stepId, runId, limit } = parseInput(traceImpactInput, input);
  const causes = [...new Set(artifactIds ?? [])];
  if (causes.length === 0 && !stepId && !runId) {
    throw new InvalidInput('name artifacts, a step or a run', [
      { path: 'artifactIds', message: 'is needed where neither stepId nor runId is given' },
    ]);
  }
  const outputs = stepId || runId ? await outputsOf(ctx, stepId ?? null, runId ?? null) : [];
  const causing = new Set(causes);
  const made = [...new Set(outputs)].filter((artifactId) => !causing.has(artifactId));
  const { ids, truncated } = await downstreamOf(ctx, [...causes, ...made], limit);
  const affected = [...made, ...ids].slice(0, limit);
  const known = await ctx.db.one(readImpact, { artifactIds: affected });
  return { artifactIds: affected, ...known, truncated: truncated || made.length + ids.length > limit };
}

async function outputsOf(
  { db }: Pick<Context, 'db'>,
  stepId: string | null,
  runId: string | null,
): Promise<string[]> {
  const { stepExists, runExists, artifactIds } = await db.one(findOutputs, { stepId, runId });
  if (stepId !== null && !stepExists) throw new NotFound('step', stepId);
  if (runId !== null && !runExists) throw new NotFound('run', runId);
  return artifactIds;
}

async function downstreamOf(
  ctx: Pick<Context, 'db'>,
  artifactIds: readonly string[],
  limit: number,
): Promise<{ ids: string[]; truncated: boolean }> {
  if (artifactIds.length === 0) return { ids: [], truncated: false };
  const columns = { artifactProperties: [], edgeProperties: null };
  const { ids, given, truncated } = await readTrace(ctx, {
    artifactIds,
    direction: 'downstream',
    depth: maxDepth,
    limit,
    relationTypes: null,
    columns,
  });
  return { ids: ids.slice(given), truncated };
}
