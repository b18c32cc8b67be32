import { z } from 'zod';
import type { StoryLink } from '../model/story.js';
import { storyRole } from '../model/vocabulary.js';

/** A story link as Cypher gives it. */
export const linkRow = z
  .object({
    id: z.string(),
    storyId: z.string(),
    artifactId: z.string(),
    role: storyRole,
    isPrimary: z.boolean(),
    position: z.number().nullish(),
    createdAt: z.number(),
    updatedAt: z.number(),
  })
  .transform((row): StoryLink => ({ ...row, position: row.position ?? null }));
