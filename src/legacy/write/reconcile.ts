import type { Existing, ExistingStory } from './find-existing.js';
import { linkKey, primarySlot } from '../../model/keys.js';
import type { Relation } from '../../model/relation.js';
import type { ImportPlan, PlannedArtifact, StoryProperty } from '../plan/import-plan.js';
import { setGenerations } from '../plan/settle-generations.js';

/** The part of a plan that is still to be written, given what is in the graph. */
export interface Remainder {
  plan: ImportPlan;
  /** `null` when the story is new; otherwise the fields that the story lacks. */
  addedFields: Record<string, StoryProperty> | null;
  artifacts: PlannedArtifact[];
  runs: ImportPlan['runs'];
  /** The run that becomes the story's current one; null when the story has one already. */
  currentRunId: string | null;
  steps: ImportPlan['steps'];
  links: ImportPlan['links'];
  records: ImportPlan['records'];
  /** Whose product is new, so that its generation could be chosen. */
  relations: Relation[];
  /** Whose product is there already: these may need a lift, and may be there themselves. */
  lateRelations: Relation[];
  problems: string[];
}

/**
 * Takes away from a plan what is there already, and whatever would collide with others' work: an id that is taken is
 * not written to, a primary that is there stays, a field that a story has is kept. Then notes in `existing` what the
 * plan makes, so that the next plan of the same transaction sees it.
 */
export function reconcile(plan: ImportPlan, existing: Existing): Remainder {
  const problems = [...plan.problems];
  const story = plan.story ? existing.stories.get(plan.story.id) : undefined;
  const usable = usableArtifacts(plan, existing, problems);
  const artifacts = plan.artifacts.filter(({ id }) => usable.has(id) && !existing.artifacts.has(id));
  const bothUsable = plan.relations.filter(
    ({ productId, sourceId }) => usable.has(productId) && usable.has(sourceId),
  );
  const relations = bothUsable.filter(({ productId }) => !existing.artifacts.has(productId));
  const runs = plan.runs.filter(({ id }) => !existing.runs.has(id));
  setGenerations(artifacts, relations, (id) => existing.artifacts.get(id)?.generation);
  const remainder: Remainder = {
    plan,
    addedFields:
      story && plan.story ? missingFields({ ...plan.story.fields, ...titleField(plan) }, story) : null,
    artifacts,
    runs,
    currentRunId: story?.hasCurrentRun ? null : (plan.story?.currentRunId ?? null),
    steps: plan.steps.filter(({ id }) => !existing.steps.has(id)),
    links: plan.links
      .filter((link) => usable.has(link.artifactId) && !story?.linkKeys.has(linkKey(link)))
      .map((link) => ({
        ...link,
        isPrimary: link.isPrimary && !story?.primarySlots.has(primarySlot(plan.id, link.role)),
      })),
    records: plan.records.filter(
      ({ runId, artifactId }) =>
        usable.has(artifactId) && !(existing.runs.has(runId) && existing.artifacts.has(artifactId)),
    ),
    relations,
    lateRelations: bothUsable.filter(({ productId }) => existing.artifacts.has(productId)),
    problems,
  };
  note(remainder, existing);
  return remainder;
}

/** Artifacts of the plan that are new, or there already as what the plan says; any other holder of the id keeps it. */
function usableArtifacts(plan: ImportPlan, existing: Existing, problems: string[]): Set<string> {
  const usable = new Set<string>();
  for (const { id, type, contentHash } of plan.artifacts) {
    const twin = existing.artifacts.get(id);
    if (!twin || (twin.type === type && twin.contentHash === contentHash)) usable.add(id);
    else problems.push(`artifact ${id} is left out: the graph has another artifact of this id`);
  }
  return usable;
}

function titleField({ story }: ImportPlan): Record<string, StoryProperty> {
  return story?.title === null || story?.title === undefined ? {} : { title: story.title };
}

function missingFields(
  fields: Record<string, StoryProperty>,
  story: ExistingStory,
): Record<string, StoryProperty> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !story.properties.has(name)));
}

function note({ plan, artifacts, runs, steps, links }: Remainder, existing: Existing): void {
  for (const { id, type, contentHash, generation } of artifacts)
    existing.artifacts.set(id, { type, contentHash, generation });
  for (const { id } of runs) existing.runs.add(id);
  for (const { id } of steps) existing.steps.add(id);
  if (!plan.story) return;
  const state = existing.stories.get(plan.id) ?? emptyStory();
  for (const link of links) {
    state.linkKeys.add(linkKey(link));
    if (link.isPrimary) state.primarySlots.add(primarySlot(plan.id, link.role));
  }
  state.hasCurrentRun ||= plan.story.currentRunId !== null;
  existing.stories.set(plan.id, state);
}

const emptyStory = (): ExistingStory => ({
  properties: new Set(),
  linkKeys: new Set(),
  primarySlots: new Set(),
  hasCurrentRun: false,
});
