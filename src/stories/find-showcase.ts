import { z } from 'zod';
import type { Context } from '../context.js';
import { statement } from '../db/statement.js';
import { storyRole } from '../model/vocabulary.js';

const findStatement = statement('stories/find-showcase.cypher', {
  params: z.object({}),
  row: z.object({
    storyId: z.string(),
    title: z.string().nullable(),
    artifactId: z.string(),
    role: storyRole,
  }),
});

export type Showcase = z.infer<typeof findStatement.row>;

/** The story with the longest lineage behind one of its primaries, or null where no story has one. */
export function findShowcase({ db }: Pick<Context, 'db'>): Promise<Showcase | null> {
  return db.maybeOne(findStatement, {});
}
