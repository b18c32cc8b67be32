import { z } from 'zod';
import type { Context } from '../context.js';
import { statement } from '../db/statement.js';
import { NotFound } from '../errors.js';
import type { Story } from '../model/story.js';

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? null);

const readStory = statement('stories/read-story.cypher', {
  params: z.object({ id: z.string() }),
  row: z.object({
    story: z.object({
      id: z.string(),
      title: text,
      createdAt: z.number(),
      storedAt: z.number(),
      coverArtifactId: text,
      canonicalAudioId: text,
      canonicalVideoId: text,
      currentRunId: text,
    }) satisfies z.ZodType<Story>,
  }),
});

/** @throws NotFound */
export async function getStory({ db }: Context, id: string): Promise<Story> {
  const found = await db.maybeOne(readStory, { id });
  if (!found) throw new NotFound('story', id);
  return found.story;
}
