import { z } from 'zod';
import { getArtifacts } from '../artifacts/get-artifact.js';
import type { Context } from '../context.js';
import { statement } from '../db/statement.js';
import type { Artifact } from '../model/artifact.js';
import { workflowType } from '../model/vocabulary.js';
import { traceLineage, type Lineage } from './trace-lineage.js';

const time = z.number().nullable();
const origin = z.object({
  step: z.object({
    id: z.string(),
    name: z.string(),
    model: z.string().nullable(),
    startedAt: time,
    completedAt: time,
  }),
  run: z.object({ id: z.string(), workflowType }).nullable(),
  made: z.array(z.string()),
  used: z.array(z.string()),
});

const readOrigins = statement('lineage/read-origins.cypher', {
  params: z.object({ artifactIds: z.array(z.string()) }),
  row: origin,
});

/** A step with what it made and used, as far as that belongs to the lineage. Times in milliseconds since 1970 UTC. */
export type Origin = z.infer<typeof origin>;

/** A lineage with everything that is printed of it. */
export interface LineageDocument {
  lineage: Lineage;
  /** The artifact asked for, then the others in the order of the lineage. */
  artifacts: Map<string, Artifact>;
  origins: Origin[];
}

/**
 * @param input `traceLineageInput`
 * @throws InvalidInput; NotFound
 */
export async function getLineageDocument(ctx: Context, input: unknown): Promise<LineageDocument> {
  const lineage = await traceLineage(ctx, input);
  const ids = [lineage.artifactId, ...lineage.nodes.map(({ artifactId }) => artifactId)];
  const [artifacts, origins] = await Promise.all([
    getArtifacts(ctx, ids),
    ctx.db.many(readOrigins, { artifactIds: ids }),
  ]);
  return { lineage, artifacts: new Map(artifacts.map((artifact) => [artifact.id, artifact])), origins };
}
