import { z } from 'zod';
import type { Context } from '../context.js';
import { InvalidInput, codeOf } from '../errors.js';
import { statement } from '../db/statement.js';
import { artifactEntity, type Artifact } from '../model/artifact.js';
import { rowOf } from '../model/stored.js';
import { sha256, type Sha256 } from '../model/digest.js';
import { storyRole } from '../model/vocabulary.js';
import { digestFile } from './digest-stream.js';
import { messageOf } from './system-errors.js';

const link = z.object({
  storyId: z.string(),
  title: z.string().nullable(),
  role: storyRole,
  isPrimary: z.boolean(),
});
const find = statement('content/where-is.cypher', {
  params: z.object({ sha256 }),
  row: z.object({ artifact: rowOf(artifactEntity), links: z.array(link) }),
});

export interface Whereabouts {
  artifact: Artifact;
  /** The roles that the artifact has in stories. */
  links: z.infer<typeof link>[];
}

/** Every artifact with these bytes, newest first; none is an answer. */
export function whereIs(ctx: Pick<Context, 'db'>, digest: Sha256): Promise<Whereabouts[]> {
  return ctx.db.many(find, { sha256: digest });
}

/**
 * The same for the bytes of a local file.
 * @throws InvalidInput when the file cannot be read
 */
export async function whereIsFile(
  ctx: Pick<Context, 'db'>,
  path: string,
): Promise<{ sha256: Sha256; sizeBytes: number; found: Whereabouts[] }> {
  const digest = await digestFile(path).catch((error: unknown) => {
    if (codeOf(error) === null) throw error;
    const message = `cannot be read: ${messageOf(error)}`;
    throw new InvalidInput(`the file ${path} ${message}`, [{ path: 'file', message }]);
  });
  return { ...digest, found: await whereIs(ctx, digest.sha256) };
}
