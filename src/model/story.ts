import { z } from 'zod';
import { id } from './artifact.js';
import { wellFormed } from './json.js';
import { storyRole, type StoryRole } from './vocabulary.js';

export const registerStoryInput = z.strictObject({ id: id.nullish(), title: wellFormed.max(1000).nullish() });

export const linkArtifactInput = z.strictObject({
  storyId: id,
  artifactId: id,
  role: storyRole,
  isPrimary: z.boolean().default(true),
  position: z.number().int().nonnegative().nullish(),
});
export type LinkArtifactInput = z.infer<typeof linkArtifactInput>;

/** Times are milliseconds since 1970 in UTC. */
export interface Story {
  id: string;
  title: string | null;
  createdAt: number;
  storedAt: number;
  /** Read from the story's primary links and CURRENT_RUN, never stored a second time. */
  coverArtifactId: string | null;
  canonicalAudioId: string | null;
  canonicalVideoId: string | null;
  currentRunId: string | null;
}

export interface StoryLink {
  id: string;
  storyId: string;
  artifactId: string;
  role: StoryRole;
  isPrimary: boolean;
  position: number | null;
  createdAt: number;
  updatedAt: number;
}
