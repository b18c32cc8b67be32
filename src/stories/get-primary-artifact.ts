import { z } from 'zod';
import type { Context } from '../context.js';
import { statement } from '../db/statement.js';
import { NotFound } from '../errors.js';
import { artifactEntity, type Artifact } from '../model/artifact.js';
import { rowOf } from '../model/stored.js';
import { id } from '../model/identifiers.js';
import { parseInput } from '../model/parse-input.js';
import { storyRole } from '../model/vocabulary.js';
import { readConsistentLinks } from './read-consistent-links.js';
import { primarySlot } from '../model/keys.js';

const getPrimaryArtifactInput = z.strictObject({ storyId: id, role: storyRole });

const readPrimary = statement('stories/read-primary.cypher', {
  params: z.object({ primarySlot: z.string() }),
  row: z.object({ artifact: rowOf(artifactEntity) }),
});

/**
 * The artifact that the story shows in a role.
 * @throws InvalidInput; NotFound where the role has no primary, or the story does not exist
 */
export async function getPrimaryArtifact(ctx: Context, input: unknown): Promise<Artifact> {
  const { storyId, role } = parseInput(getPrimaryArtifactInput, input);
  const [found] = await readConsistentLinks(ctx, storyId, {
    statement: readPrimary,
    params: { primarySlot: primarySlot(storyId, role) },
    looksConsistent: (rows) => rows.length === 1,
  });
  if (!found) throw new NotFound('primary artifact', `${storyId}/${role}`);
  return found.artifact;
}
