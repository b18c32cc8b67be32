import { at } from './open-graphql.js';

/** Response keys, each with the field behind it. */
export type Selected = readonly (readonly [key: string, field: string])[];

/** Each field under the name of the next one. */
export const shifted = (fields: readonly string[]): Selected =>
  fields.map((field, n) => [fields[(n + 1) % fields.length] ?? field, field]);
export const print = (selected: Selected) => selected.map(([key, field]) => `${key}: ${field}`).join(' ');

/** What an answer without aliases becomes when its keys are exchanged. */
export const renamed = (plain: unknown, selected: Selected) =>
  Object.fromEntries(selected.map(([key, field]) => [key, at(plain, field)]));

// prettier-ignore
export const artifactFields = [
  'id', 'type', 'lifecycleState', 'contentHash', 'path', 'url', 'payload', 'payloadText', 'metadata', 'metadataText',
  'mimeType', 'sizeBytes', 'description', 'safetyScore', 'createdByAgent', 'externalId', 'generation', 'createdAt', 'storedAt',
  'payloadFormat',
];
