import { z } from 'zod';
import type { Context } from '../context.js';
import { statement } from '../db/statement.js';
import { NotFound } from '../errors.js';
import { storyEntity, type Story } from '../model/story.js';
import { storyRole, type StoryRole } from '../model/vocabulary.js';
import { haveOnePrimaryEach, readConsistentLinks } from './read-consistent-links.js';
import { rowOf } from '../model/stored.js';

const readStory = statement('stories/read-story.cypher', {
  params: z.object({ id: z.string() }),
  row: z.object({
    story: rowOf(storyEntity),
    links: z.array(z.object({ role: storyRole, isPrimary: z.boolean(), artifactId: z.string() })),
    currentRunIds: z.array(z.string()),
    hasRuns: z.boolean(),
  }),
});

/** @throws NotFound */
export async function getStory(ctx: Context, id: string): Promise<Story> {
  const [found] = await readConsistentLinks(ctx, id, {
    statement: readStory,
    params: { id },
    looksConsistent: (rows) =>
      rows.every(
        ({ links, currentRunIds, hasRuns }) =>
          haveOnePrimaryEach(links) && (currentRunIds.length === 1 || !hasRuns),
      ),
  });
  if (!found) throw new NotFound('story', id);
  const primaryOf = (role: StoryRole) =>
    found.links.find((link) => link.role === role && link.isPrimary)?.artifactId ?? null;
  return {
    ...found.story,
    coverArtifactId: primaryOf('cover'),
    canonicalAudioId: primaryOf('final_audio'),
    canonicalVideoId: primaryOf('final_video'),
    currentRunId: found.currentRunIds[0] ?? null,
  };
}
