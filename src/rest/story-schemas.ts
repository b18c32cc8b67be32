import { z } from 'zod';
import {
  linkArtifactInput,
  storyEntity,
  storyLinkEntity,
  type Story,
  type StoryLink,
} from '../model/story.js';
import { storyRole } from '../model/vocabulary.js';
import { stateFilter } from './artifact-schemas.js';
import { answerBody, answerSchema, modelInput, requestShape } from './entity-schemas.js';
import { id, idParam } from './schema-parts.js';

const text = z.string().nullable();

export const storyIn = z
  .strictObject({ story_id: id.nullish(), ...requestShape(storyEntity) })
  .transform((body) => modelInput(storyEntity, body))
  .meta({ id: 'NewStory' });

export const storyOut = answerSchema(storyEntity, 'Story')
  .extend({
    cover_artifact_id: text,
    canonical_audio_id: text,
    canonical_video_id: text,
    current_run_id: text,
  })
  .meta({ id: 'Story' });

const columnsBody = answerBody(storyEntity);

export function storyBody(story: Story): z.input<typeof storyOut> {
  return {
    ...columnsBody(story),
    cover_artifact_id: story.coverArtifactId,
    canonical_audio_id: story.canonicalAudioId,
    canonical_video_id: story.canonicalVideoId,
    current_run_id: story.currentRunId,
  };
}

export const linkIn = z
  .strictObject({
    artifact_id: id,
    role: storyRole,
    is_primary: linkArtifactInput.shape.isPrimary,
    position: linkArtifactInput.shape.position,
  })
  .transform((body) => modelInput(storyLinkEntity, body))
  .meta({ id: 'NewStoryLink' });

export const linkOut = answerSchema(storyLinkEntity, 'StoryLink');
export const linkBody: (link: StoryLink) => z.input<typeof linkOut> = answerBody(storyLinkEntity);

export const storyParams = z.object({ id: idParam });
export const storyRoleParams = z.object({ id: idParam, role: storyRole });
export const linksQuery = z.strictObject({ role: storyRole.optional(), state: stateFilter.optional() });

/** Both or neither; in the body or as query parameters. */
export const publishFields = z.strictObject({ story_id: id.nullish(), role: storyRole.nullish() });
export const publishIn = publishFields.nullish().meta({ id: 'Publication' });
