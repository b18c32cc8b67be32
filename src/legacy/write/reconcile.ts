import { z } from 'zod';
import { statement } from '../../db/statement.js';
import type { AppError } from '../../errors.js';
import { linkKey, primarySlot, provenanceKey, stageKey } from '../../model/keys.js';
import type { Relation } from '../../model/relation.js';
import { artifactType } from '../../model/vocabulary.js';
import type { ImportResult } from './import-unit.js';
import type { ImportPlan, PlannedArtifact, StoryProperty } from '../plan/import-plan.js';
import { setGenerations } from '../plan/keep-relations.js';
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

/** The part of a plan that is still to be written, given what is in the graph. */
export interface Remainder extends Pick<ImportPlan, 'runs' | 'steps' | 'links' | 'records'> {
  plan: ImportPlan;
  /** `null` when the story is new; otherwise the fields that the story lacks. */
  addedFields: Record<string, StoryProperty> | null;
  artifacts: PlannedArtifact[];
  /** The run that becomes the story's current one; null when the story has one already. */
  currentRunId: string | null;
  /** Whose product is new, so that its generation could be chosen; then those of the late ones that were made. */
  relations: Relation[];
  /** Whose product is there already: these may need a lift, and may be there themselves. */
  lateRelations: Relation[];
  problems: string[];
}

/**
 * Takes away from a plan what is there already, and whatever would collide with others' work: an id that is taken is
 * not written to, a primary that is there stays, a field that a story has is kept. Then notes in `existing` what the
 * plan makes and another may share, so that the next plan of the same transaction sees it.
 */
export function reconcile(plan: ImportPlan, existing: Existing): Remainder {
  const story = plan.story ? existing.stories.get(plan.story.id) : undefined;
  const taken = takenIds(plan, existing);
  const artifacts = plan.artifacts.filter(({ id }) => !existing.artifacts.has(id));
  const isNew = new Set(artifacts.map(({ id }) => id));
  const possible = plan.relations.filter(
    ({ productId, sourceId }) => !taken.has(productId) && !taken.has(sourceId),
  );
  const relations = possible.filter(({ productId }) => isNew.has(productId));
  setGenerations(artifacts, relations, (id) => existing.artifacts.get(id)?.generation);
  const remainder: Remainder = {
    plan,
    addedFields: story && plan.story ? missingFields(plan.story, story.properties) : null,
    artifacts,
    runs: plan.runs.filter(({ id }) => !existing.runs.has(id)),
    currentRunId: story?.hasCurrentRun ? null : (plan.story?.currentRunId ?? null),
    steps: plan.steps.filter(({ id }) => !existing.steps.has(id)),
    links: plan.links
      .filter((link) => !taken.has(link.artifactId) && !story?.linkKeys.has(linkKey(link)))
      .map((link) => ({
        ...link,
        isPrimary: link.isPrimary && !story?.primarySlots.has(primarySlot(plan.id, link.role)),
      })),
    records: plan.records.filter(
      ({ runId, artifactId }) =>
        !taken.has(artifactId) && !(existing.runs.has(runId) && existing.artifacts.has(artifactId)),
    ),
    relations,
    lateRelations: possible.filter(({ productId }) => !isNew.has(productId)),
    problems: [
      ...plan.problems,
      ...[...taken].map((id) => `artifact ${id} is left out: the graph has another artifact of this id`),
    ],
  };
  for (const artifact of artifacts) existing.artifacts.set(artifact.id, artifact);
  for (const { id } of remainder.runs) existing.runs.add(id);
  for (const { id } of remainder.steps) existing.steps.add(id);
  return remainder;
}

/** Ids of the plan's artifacts that the graph has for something else. */
function takenIds({ artifacts }: ImportPlan, existing: Existing): Set<string> {
  const taken = artifacts.filter(({ id, type, contentHash }) => {
    const twin = existing.artifacts.get(id);
    return twin && !(twin.type === type && twin.contentHash === contentHash);
  });
  return new Set(taken.map(({ id }) => id));
}

function missingFields(
  { fields, title }: NonNullable<ImportPlan['story']>,
  has: ReadonlySet<string>,
): Record<string, StoryProperty> {
  const all = title === null ? fields : { ...fields, title };
  return Object.fromEntries(Object.entries(all).filter(([name]) => !has.has(name)));
}

/** Notes of a late relation that it was made, or why not; that the graph has it is told only where it is all there is. */
export function noteLate(
  { plan, relations, problems }: Remainder,
  relation: Relation,
  refusal: AppError | null,
): void {
  if (!refusal) relations.push(relation);
  else if (plan.kind === 'relation' || refusal.code !== 'duplicate')
    problems.push(`a relation is left out: ${refusal.message}`);
}

const idsOf = (nodes: readonly { id: string }[]) => nodes.map(({ id }) => id);

/** What a remainder has made, late relations included. A relation that is a bundle of its own stands or falls with it. */
export function resultOf(remainder: Remainder, existing: Existing): ImportResult {
  const { plan, artifacts, runs, steps, links, records, relations, problems } = remainder;
  if (plan.kind === 'relation' && relations.length === 0)
    return { outcome: 'failed', reason: problems.at(-1) ?? 'it was left out' };
  const made = {
    artifactIds: idsOf(artifacts),
    runIds: idsOf(runs),
    stepIds: idsOf(steps),
    linkKeys: links.map(linkKey),
    relationKeys: relations.map(provenanceKey),
    stageKeys: records.map(stageKey),
    newContents: [...contentsOf([remainder]).keys()].filter((digest) => !existing.contents.has(digest)),
    problems,
  };
  return { outcome: 'imported', made };
}
