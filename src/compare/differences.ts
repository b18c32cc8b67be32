import type { Artifact } from '../model/artifact.js';
import type { Json } from '../model/json.js';
import type { Step } from '../model/run.js';
import { storeJson } from '../model/stored.js';

/** One property that two things do not share; null where it is absent. */
export interface Difference {
  name: string;
  a: Json;
  b: Json;
}

type Facts = ReadonlyMap<string, Json>;

const artifactFacts = [
  'type',
  'lifecycleState',
  'description',
  'mimeType',
  'sizeBytes',
  'contentHash',
  'safetyScore',
  'createdByAgent',
  'path',
  'url',
] as const;
const stepFacts = ['name', 'model', 'promptHash'] as const;

/** What is recorded of an artifact, metadata key by key (`metadata.width`). */
export const factsOf = (artifact: Artifact): Facts =>
  new Map([
    ...artifactFacts.map((name) => [name, artifact[name]] as const),
    ...byKey('metadata', artifact.metadata),
  ]);

/** How something was made, inputs key by key (`input.seed`); nothing where no step is recorded. */
export const makingOf = (step: Step | null): Facts =>
  new Map(
    step ? [...stepFacts.map((name) => [name, step[name]] as const), ...byKey('input', step.input)] : [],
  );

function byKey(name: string, value: Json | undefined): [string, Json][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return value == null ? [] : [[name, value]];
  return Object.entries(value).map(([key, one]) => [`${name}.${key}`, one]);
}

/** In the order of the facts, those of `a` first. */
export function differencesOf(a: Facts, b: Facts): Difference[] {
  const names = new Set([...a.keys(), ...b.keys()]);
  return [...names]
    .map((name) => ({ name, a: a.get(name) ?? null, b: b.get(name) ?? null }))
    .filter((one) => storeJson(one.a) !== storeJson(one.b));
}
