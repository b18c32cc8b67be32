import { z } from 'zod';
import { linkArtifactInput, registerStoryInput, type Story, type StoryLink } from '../model/story.js';
import { storyRole, storyRoles } from '../model/vocabulary.js';
import { stateFilter } from './artifact-schemas.js';
import { count, id, idParam, isoTime, time } from './schema-parts.js';

const text = z.string().nullable();

export const storyIn = z
  .strictObject({ story_id: id.nullish(), title: registerStoryInput.shape.title })
  .transform(({ story_id, title }) => ({ id: story_id, title }))
  .meta({ id: 'NewStory' });

export const storyOut = z
  .object({
    story_id: z.string(),
    title: text,
    cover_artifact_id: text,
    canonical_audio_id: text,
    canonical_video_id: text,
    current_run_id: text,
    created_at: time,
    stored_at: time,
  })
  .meta({ id: 'Story' });

export function storyBody(story: Story): z.input<typeof storyOut> {
  return {
    story_id: story.id,
    title: story.title,
    cover_artifact_id: story.coverArtifactId,
    canonical_audio_id: story.canonicalAudioId,
    canonical_video_id: story.canonicalVideoId,
    current_run_id: story.currentRunId,
    created_at: isoTime(story.createdAt),
    stored_at: isoTime(story.storedAt),
  };
}

export const linkIn = z
  .strictObject({
    artifact_id: id,
    role: storyRole,
    is_primary: linkArtifactInput.shape.isPrimary,
    position: linkArtifactInput.shape.position,
  })
  .transform(({ artifact_id, is_primary, ...link }) => ({
    ...link,
    artifactId: artifact_id,
    isPrimary: is_primary,
  }))
  .meta({ id: 'NewStoryLink' });

export const linkOut = z
  .object({
    link_id: z.string(),
    story_id: z.string(),
    artifact_id: z.string(),
    role: z.enum(storyRoles),
    is_primary: z.boolean(),
    position: count.nullable(),
    created_at: time,
    updated_at: time,
  })
  .meta({ id: 'StoryLink' });

export function linkBody(link: StoryLink): z.input<typeof linkOut> {
  return {
    link_id: link.id,
    story_id: link.storyId,
    artifact_id: link.artifactId,
    role: link.role,
    is_primary: link.isPrimary,
    position: link.position,
    created_at: isoTime(link.createdAt),
    updated_at: isoTime(link.updatedAt),
  };
}

export const storyParams = z.object({ id: idParam });
export const storyRoleParams = z.object({ id: idParam, role: storyRole });
export const linksQuery = z.strictObject({ role: storyRole.optional(), state: stateFilter.optional() });

/** Both or neither; in the body or as query parameters. */
export const publishFields = z.strictObject({ story_id: id.nullish(), role: storyRole.nullish() });
export const publishIn = publishFields.nullish().meta({ id: 'Publication' });
