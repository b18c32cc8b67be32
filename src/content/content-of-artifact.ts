import { z } from 'zod';
import type { Context } from '../context.js';
import { statement } from '../db/statement.js';
import { NotFound } from '../errors.js';
import { parseStoredJson } from '../model/json.js';
import { familyOf } from './probe/media-type.js';
import { unknownCharset } from './probe/text-facts.js';
import { sha256, type Sha256 } from '../model/digest.js';

const findContent = statement('content/find-content.cypher', {
  params: z.object({ artifactId: z.string() }),
  row: z.object({
    path: z.string().nullable(),
    mimeType: z.string().nullable(),
    textMetadata: z.string().nullable(),
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
  /** The encoding of text; null where it is not known, or it is no text. */
  charset: string | null;
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
    charset: charsetOfText(row.textMetadata, row.content.mimeType),
  };
}

const recorded = z.object({
  charset: z
    .string()
    .regex(/^[\w.:+-]{1,40}$/)
    .optional()
    .catch(undefined),
  detected_mime_type: z.string().optional().catch(undefined),
});

/**
 * What was recorded, else UTF-8 where the bytes were found to be that: with this artifact, for whoever sent the same bytes
 * first may have named an encoding.
 */
function charsetOfText(metadata: string | null, typeOfContent: string): string | null {
  const { data } = recorded.safeParse(metadata === null ? null : parseStoredJson(metadata));
  if (data?.charset !== undefined) return data.charset === unknownCharset ? null : data.charset;
  return familyOf(data?.detected_mime_type ?? typeOfContent) === 'text' ? 'utf-8' : null;
}
