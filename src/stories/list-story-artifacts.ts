import { z } from 'zod';
import type { Context } from '../context.js';
import { statement } from '../db/statement.js';
import { NotFound } from '../errors.js';
import { id } from '../model/identifiers.js';
import { parseInput } from '../model/parse-input.js';
import { storyLinkEntity, type StoryLink } from '../model/story.js';
import { lifecycleState, storyRole } from '../model/vocabulary.js';
import { haveOnePrimaryEach, readConsistentLinks } from './read-consistent-links.js';
import { rowOf } from '../model/stored.js';

const listStoryArtifactsInput = z.strictObject({
  storyId: id,
  role: storyRole.nullish(),
  /** Of the artifact; absent or `any` for all. */
  state: z.union([lifecycleState, z.literal('any')]).nullish(),
});

const readLinks = statement('stories/read-story-links.cypher', {
  params: z.object({
    storyId: z.string(),
    role: storyRole.nullable(),
    state: lifecycleState.nullable(),
  }),
  row: z.object({ links: z.array(rowOf(storyLinkEntity)) }),
});

/**
 * The links of a story: by role, primary first, then position, then age.
 * @throws InvalidInput; NotFound for an unknown story
 */
export async function listStoryArtifacts(ctx: Context, input: unknown): Promise<StoryLink[]> {
  const { storyId, role, state } = parseInput(listStoryArtifactsInput, input);
  const [found] = await readConsistentLinks(ctx, storyId, {
    statement: readLinks,
    params: { storyId, role: role ?? null, state: state && state !== 'any' ? state : null },
    looksConsistent: (rows) => rows.every(({ links }) => haveOnePrimaryEach(links)),
  });
  if (!found) throw new NotFound('story', storyId);
  return found.links;
}
