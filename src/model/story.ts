import { z } from 'zod';
import { entity, givenShape, type ValueOf } from './entity.js';
import { maxInt } from './exact-number.js';
import { id, time } from './identifiers.js';
import { wellFormed } from './json.js';
import { storyRole } from './vocabulary.js';

/** A story's own properties. An imported one has its old fields beside them, each under its old name in camelCase. */
export const storyEntity = entity(
  'story',
  { label: 'Story' },
  {
    id: { shape: id, stored: 'text', rest: 'story_id' },
    title: { shape: wellFormed.max(1000), stored: 'text', optional: true, given: true, changes: true },
    createdAt: { shape: time, stored: 'time' },
    storedAt: { shape: time, stored: 'time', changes: 'once' },
  },
);
export type StoryRecord = ValueOf<typeof storyEntity>;

export type Story = StoryRecord & {
  /** Read from the story's primary links and CURRENT_RUN, never stored a second time. */
  coverArtifactId: string | null;
  canonicalAudioId: string | null;
  canonicalVideoId: string | null;
  currentRunId: string | null;
};

export const storyLinkEntity = entity(
  'storyLink',
  { types: ['LINKED_AS'], from: 'Story', to: 'Artifact' },
  {
    id: { shape: id, stored: 'text', rest: 'link_id' },
    storyId: { shape: id, stored: { end: 'start' } },
    artifactId: { shape: id, stored: { end: 'end' } },
    role: { shape: storyRole, stored: 'text' },
    isPrimary: { shape: z.boolean(), stored: 'boolean', changes: true },
    position: {
      shape: z.number().int().nonnegative().max(maxInt),
      stored: 'integer',
      optional: true,
      changes: true,
    },
    createdAt: { shape: time, stored: 'time' },
    updatedAt: { shape: time, stored: 'time', changes: true },
  },
  { linkKey: 'storyId|artifactId|role', primarySlot: 'storyId|role' },
);
export type StoryLink = ValueOf<typeof storyLinkEntity>;

export const registerStoryInput = z.strictObject({ id: id.nullish(), ...givenShape(storyEntity) });

export const linkArtifactInput = z.strictObject({
  storyId: id,
  artifactId: id,
  role: storyRole,
  isPrimary: z.boolean().default(true),
  position: storyLinkEntity.properties.position.shape.nullish(),
});
export type LinkArtifactInput = z.infer<typeof linkArtifactInput>;
