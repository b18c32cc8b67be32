import { z } from 'zod';
import { statement } from '../../db/statement.js';
import { artifactType } from '../../model/vocabulary.js';
import type { ImportPlan } from '../plan/import-plan.js';
import type { GraphReader } from './remember-imports.js';

const ids = z.array(z.string());
const set = ids.transform((found) => new Set(found));
const byId = <S extends z.ZodRawShape>(shape: S) => {
  const one = z.object({ id: z.string() }).and(z.object(shape));
  return z.array(one).transform((found) => new Map(found.map((each) => [each.id, each])));
};
const findStatement = statement('legacy/find-existing.cypher', {
  params: z.object({ storyIds: ids, artifactIds: ids, runIds: ids, stepIds: ids, digests: ids }),
  row: z.object({
    stories: byId({ properties: set, linkKeys: set, primarySlots: set, hasCurrentRun: z.boolean() }),
    artifacts: byId({ type: artifactType, contentHash: z.string().nullable(), generation: z.number() }),
    runs: set,
    steps: set,
    contents: set,
  }),
});

/** What of some plans is in the graph already. Kept up to date by `reconcile` while it goes through them. */
export type Existing = z.output<typeof findStatement.row>;

/** Looks up everything that the plans would make: one read, however many plans. */
export async function findExisting(reader: GraphReader, plans: readonly ImportPlan[]): Promise<Existing> {
  return reader.one(findStatement, {
    storyIds: plans.flatMap(({ story }) => story?.id ?? []),
    artifactIds: plans.flatMap(artifactsOf),
    runIds: plans.flatMap(({ runs }) => runs.map(({ id }) => id)),
    stepIds: plans.flatMap(({ steps }) => steps.map(({ id }) => id)),
    digests: [...contentsOf(plans).keys()],
  });
}

/** The ids of the artifacts that a plan makes or joins. */
export const artifactsOf = ({ artifacts, relations }: ImportPlan): string[] => [
  ...new Set([
    ...artifacts.map(({ id }) => id),
    ...relations.flatMap(({ productId, sourceId }) => [productId, sourceId]),
  ]),
];

/** The contents of all artifacts of the plans, each once. */
export function contentsOf(plans: readonly Pick<ImportPlan, 'artifacts'>[]) {
  const contents = plans.flatMap(({ artifacts }) => artifacts.flatMap(({ content }) => content ?? []));
  return new Map(contents.map((content) => [content.sha256, content]));
}
