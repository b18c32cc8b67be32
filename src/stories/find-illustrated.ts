import { z } from 'zod';
import type { Context } from '../context.js';
import { statement } from '../db/statement.js';

const findStatement = statement('stories/find-illustrated.cypher', {
  params: z.object({ limit: z.number().int().positive() }),
  row: z.object({
    storyId: z.string(),
    title: z.string().nullable(),
    coverId: z.string(),
    narrationId: z.string(),
    textId: z.string(),
  }),
});

/** A story with the artifacts that it shows. */
export type IllustratedStory = z.infer<typeof findStatement.row>;

/** The oldest stories that have a published cover, a narration and a text. */
export function findIllustrated({ db }: Context, limit: number): Promise<IllustratedStory[]> {
  return db.many(findStatement, { limit });
}
