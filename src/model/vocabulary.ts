import { z } from 'zod';

/**
 * The closed word lists of the model. GraphQL shows them in upper case, REST in lower case; relation types are in
 * upper case here because they are Neo4j's names of relationships.
 */
export const artifactTypes = ['image', 'audio', 'video', 'text', 'json'] as const;
export const lifecycleStates = ['intermediate', 'candidate', 'published', 'archived'] as const;
export const relationTypes = ['DERIVED_FROM', 'VARIANT_OF', 'TRANSCODED_FROM'] as const;
export const workflowTypes = [
  'image_to_story',
  'interactive_story',
  'news_to_kids',
  'kids_daily',
  'morning_show',
] as const;
export const runStatuses = ['pending', 'running', 'completed', 'failed', 'cancelled'] as const;
export const stepStatuses = ['pending', 'running', 'completed', 'failed'] as const;
export const runStages = ['generated', 'reviewed', 'approved', 'failed'] as const;
export const storyRoles = ['cover', 'final_audio', 'final_video', 'scene_image', 'story_text'] as const;

/** What each role may be given to. */
export const typesOfRole: Readonly<
  Record<(typeof storyRoles)[number], readonly (typeof artifactTypes)[number][]>
> = {
  cover: ['image'],
  final_audio: ['audio'],
  final_video: ['video'],
  scene_image: ['image'],
  story_text: ['text', 'json'],
};

export const artifactType = z.enum(artifactTypes);
export const lifecycleState = z.enum(lifecycleStates);
export const relationType = z.enum(relationTypes);
export const workflowType = z.enum(workflowTypes);
export const runStatus = z.enum(runStatuses);
export const stepStatus = z.enum(stepStatuses);
export const runStage = z.enum(runStages);
export const storyRole = z.enum(storyRoles);

export type ArtifactType = (typeof artifactTypes)[number];
export type LifecycleState = (typeof lifecycleStates)[number];
export type RelationType = (typeof relationTypes)[number];
export type WorkflowType = (typeof workflowTypes)[number];
export type RunStatus = (typeof runStatuses)[number];
export type StepStatus = (typeof stepStatuses)[number];
export type RunStage = (typeof runStages)[number];
export type StoryRole = (typeof storyRoles)[number];
