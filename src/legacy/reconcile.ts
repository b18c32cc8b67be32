import type { Existing, ExistingStory } from './find-existing.js';
import type { ImportPlan, PlannedArtifact, PlannedRelation, StoryProperty } from './import-plan.js';

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
  relations: PlannedRelation[];
  /** Whose product is there already: these may need a lift, and may be there themselves. */
  lateRelations: PlannedRelation[];
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
  raiseGenerations(artifacts, relations, existing);
  const remainder: Remainder = {
    plan,
    addedFields:
      story && plan.story ? missingFields({ ...plan.story.fields, ...titleField(plan) }, story) : null,
    artifacts,
    runs,
    currentRunId: story?.hasCurrentRun ? null : (plan.story?.currentRunId ?? null),
    steps: plan.steps.filter(({ id }) => !existing.steps.has(id)),
    links: plan.links
      .filter(
        ({ artifactId, role }) =>
          usable.has(artifactId) && !story?.linkKeys.has(`${plan.id}|${artifactId}|${role}`),
      )
      .map((link) => ({
        ...link,
        isPrimary: link.isPrimary && !story?.primarySlots.has(`${plan.id}|${link.role}`),
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

/** A new product of an artifact that is there already is of a greater generation than that one. */
function raiseGenerations(
  artifacts: PlannedArtifact[],
  relations: PlannedRelation[],
  existing: Existing,
): void {
  const known = (id: string) => existing.artifacts.get(id)?.generation;
  if (!relations.some(({ sourceId }) => known(sourceId) !== undefined)) return;
  const byId = new Map(artifacts.map((artifact) => [artifact.id, artifact]));
  for (let raised = true; raised;) {
    raised = false;
    for (const { productId, sourceId } of relations) {
      const product = byId.get(productId);
      const least = (known(sourceId) ?? byId.get(sourceId)?.generation ?? 0) + 1;
      if (!product || product.generation >= least) continue;
      product.generation = least;
      raised = true;
    }
  }
}

function note({ plan, artifacts, runs, steps, links }: Remainder, existing: Existing): void {
  for (const { id, type, contentHash, generation } of artifacts)
    existing.artifacts.set(id, { type, contentHash, generation });
  for (const { id } of runs) existing.runs.add(id);
  for (const { id } of steps) existing.steps.add(id);
  if (!plan.story) return;
  const state = existing.stories.get(plan.id) ?? emptyStory();
  for (const link of links) {
    state.linkKeys.add(`${plan.id}|${link.artifactId}|${link.role}`);
    if (link.isPrimary) state.primarySlots.add(`${plan.id}|${link.role}`);
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
