import { z } from 'zod';
import type { Context } from '../context.js';
import { statement } from '../db/statement.js';
import { NotFound } from '../errors.js';
import { sha256, type Sha256 } from '../model/digest.js';

const findContent = statement('content/find-content.cypher', {
  params: z.object({ artifactId: z.string() }),
  row: z.object({
    path: z.string().nullable(),
    mimeType: z.string().nullable(),
    content: z.object({ sha256, sizeBytes: z.number(), mimeType: z.string() }).nullable(),
  }),
});

export interface ArtifactContent {
  sha256: Sha256;
  sizeBytes: number;
  /** The artifact's own word where it has one, else what the bytes are. */
  mimeType: string;
  /** The last part of the artifact's path, for saving the bytes under. */
  fileName: string | undefined;
}

/** @throws NotFound for an unknown artifact, and for one without bytes */
export async function getContentOfArtifact(
  ctx: Pick<Context, 'db'>,
  artifactId: string,
): Promise<ArtifactContent> {
  const row = await ctx.db.maybeOne(findContent, { artifactId });
  if (!row) throw new NotFound('artifact', artifactId);
  if (!row.content) throw new NotFound('content of artifact', artifactId);
  return {
    ...row.content,
    mimeType: row.mimeType ?? row.content.mimeType,
    fileName: row.path?.split(/[/\\]/).pop(),
  };
}
