import { z } from 'zod';
import { statement } from '../../db/statement.js';
import { artifactType, type ArtifactType } from '../../model/vocabulary.js';
import type { ImportPlan } from '../plan/import-plan.js';
import { bundleOutcome, type GraphReader } from './remember-imports.js';

const ids = z.array(z.string());
const findStatement = statement('legacy/find-existing.cypher', {
  params: z.object({ storyIds: ids, artifactIds: ids, runIds: ids, stepIds: ids, digests: ids, keys: ids }),
  row: z.object({
    kind: z.enum(['story', 'artifact', 'run', 'step', 'content', 'import']),
    id: z.string(),
    type: artifactType.nullable(),
    contentHash: z.string().nullable(),
    generation: z.number().nullable(),
    digest: z.string().nullable(),
    outcome: bundleOutcome.nullable(),
  }),
});
const readStoryState = statement('legacy/read-story-state.cypher', {
  params: z.object({ ids }),
  row: z.object({
    id: z.string(),
    properties: ids,
    linkKeys: ids,
    primarySlots: z.array(z.string().nullable()),
    hasCurrentRun: z.boolean(),
  }),
});

export interface ExistingStory {
  properties: Set<string>;
  linkKeys: Set<string>;
  primarySlots: Set<string>;
  hasCurrentRun: boolean;
}

export interface ExistingArtifact {
  type: ArtifactType;
  contentHash: string | null;
  generation: number;
}

/** What of some plans is in the graph already. Kept up to date by `reconcile` while it goes through them. */
export interface Existing {
  stories: Map<string, ExistingStory>;
  artifacts: Map<string, ExistingArtifact>;
  runs: Set<string>;
  steps: Set<string>;
  contents: Set<string>;
  imports: Map<string, { digest: string; outcome: 'imported' | 'skipped' | 'failed' }>;
}

/** Looks up everything that the plans would make: two reads, however many plans. */
export async function findExisting(reader: GraphReader, plans: readonly ImportPlan[]): Promise<Existing> {
  const found = await reader.many(findStatement, {
    storyIds: plans.flatMap(({ story }) => story?.id ?? []),
    artifactIds: plans.flatMap(artifactsOf),
    runIds: plans.flatMap(({ runs }) => runs.map(({ id }) => id)),
    stepIds: plans.flatMap(({ steps }) => steps.map(({ id }) => id)),
    digests: [...contentsOf(plans).keys()],
    keys: plans.map(({ key }) => key),
  });
  const of = (kind: (typeof found)[number]['kind']) => found.filter((row) => row.kind === kind);
  const storyIds = of('story').map(({ id }) => id);
  const states = storyIds.length > 0 ? await reader.many(readStoryState, { ids: storyIds }) : [];
  return {
    stories: new Map(states.map(({ id, ...state }) => [id, { ...state, ...storySets(state) }])),
    artifacts: new Map(
      of('artifact').flatMap(({ id, type, contentHash, generation }) =>
        type === null ? [] : [[id, { type, contentHash, generation: generation ?? 0 }]],
      ),
    ),
    runs: new Set(of('run').map(({ id }) => id)),
    steps: new Set(of('step').map(({ id }) => id)),
    contents: new Set(of('content').map(({ id }) => id)),
    imports: new Map(
      of('import').flatMap(({ id, digest, outcome }) =>
        outcome === null ? [] : [[id, { digest: digest ?? '', outcome }]],
      ),
    ),
  };
}

/** The ids of the artifacts that a plan makes or joins. */
export const artifactsOf = ({
  artifacts,
  relations,
}: Pick<ImportPlan, 'artifacts' | 'relations'>): string[] => [
  ...new Set([
    ...artifacts.map(({ id }) => id),
    ...relations.flatMap(({ productId, sourceId }) => [productId, sourceId]),
  ]),
];

function storySets(state: { properties: string[]; linkKeys: string[]; primarySlots: (string | null)[] }) {
  return {
    properties: new Set(state.properties),
    linkKeys: new Set(state.linkKeys),
    primarySlots: new Set(state.primarySlots.filter((slot) => slot !== null)),
  };
}

/** The contents of all artifacts of the plans, each once. */
export function contentsOf(plans: readonly Pick<ImportPlan, 'artifacts'>[]) {
  const contents = plans.flatMap(({ artifacts }) => artifacts.flatMap(({ content }) => content ?? []));
  return new Map(contents.map((content) => [content.sha256, content]));
}
