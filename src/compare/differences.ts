import { artifactEntity, type Artifact } from '../model/artifact.js';
import { givenNames, type Entity, type GivenNames, type Properties } from '../model/entity.js';
import type { Json } from '../model/json.js';
import { stepEntity, type Step } from '../model/run.js';
import { storeJson } from '../model/stored.js';

/** One property that two things do not share; null where it is absent. */
export interface Difference {
  name: string;
  a: Json;
  b: Json;
}

type Facts = ReadonlyMap<string, Json>;

/** Two things never share a name of their own, and the order of steps says nothing about what they do. */
const notCompared: readonly string[] = ['externalId', 'order'];

/** What callers tell in one word, number or sentence; JSON is compared key by key, and what has ends by its ends. */
function wordsIn<P extends Properties>(of: Entity<P>): GivenNames<P>[] {
  return givenNames(of).filter((name) => {
    const stored = of.properties[name]?.stored;
    return ['text', 'integer', 'float'].some((one) => one === stored) && !notCompared.includes(String(name));
  });
}
const artifactFacts = ['lifecycleState', ...wordsIn(artifactEntity)] as const;
const stepFacts = wordsIn(stepEntity);

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
