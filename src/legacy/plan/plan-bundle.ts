import type { Json } from '../../model/json.js';
import { storyRoles, workflowTypes, type RunStatus, type WorkflowType } from '../../model/vocabulary.js';
import type { SlotResult } from '../media/resolve-media.js';
import { bundleKey, type OldBundle } from '../source/legacy-bundle.js';
import { parsedOrText, quoted } from '../source/old-json.js';
import { wordAmong, type OldRow } from '../source/old-rows.js';
import type { ImportPlan, PlannedStory } from './import-plan.js';
import { keepLimits } from './keep-limits.js';
import { draftId, isUsableId, settlePrimaries, unusedByImport, type PlanDraft } from './plan-draft.js';
import { planOldArtifacts } from './plan-old-artifacts.js';
import { planOldEdges, planOldLinks, planOldRelation, planOldRuns } from './plan-old-tables.js';
import { planStoryFields, titleOf } from './plan-story-fields.js';
import { planStoryMedia } from './plan-story-media.js';
import { settleGenerations } from './settle-generations.js';

/** A bundle that cannot be imported at all, and why. */
export class UnusableBundle extends Error {}

/**
 * What a bundle of old rows becomes in the graph. Pure: the same rows, media and import time give the same plan, ids included.
 * @param digest the bundle's digest, for the record
 * @param media what became of each of the bundle's media slots, by name
 * @param importedAt milliseconds; the time of the `import` step
 * @throws UnusableBundle when the row has no id, or one that the graph cannot use
 */
export function planBundle(
  bundle: OldBundle,
  digest: string,
  media: ReadonlyMap<string, SlotResult>,
  importedAt: number,
): ImportPlan {
  if (bundle.kind === 'relation') return planLooseRelation(bundle, digest);
  if (bundle.id === null) throw new UnusableBundle(`row ${bundle.rowName} has no ${bundle.kind} id`);
  if (!isUsableId(bundle.id))
    throw new UnusableBundle(
      `the ${bundle.kind} id ${quoted(bundle.id)} cannot be used: 1 to 200 characters without control characters and |`,
    );
  const draft = startDraft(bundle, bundle.id, media);
  planOldRuns(draft);
  const story = bundle.kind === 'story' ? planStory(draft) : null;
  if (story || bundle.kind === 'session') addImportStep(draft, story, importedAt);
  planOldArtifacts(draft);
  planOldLinks(draft);
  planOldEdges(draft);
  planStoryMedia(draft);
  return finishPlan(draft, story, digest);
}

/** A relation that belongs to no other bundle. */
function planLooseRelation(bundle: OldBundle, digest: string): ImportPlan {
  const draft = startDraft(bundle, bundle.id ?? `row ${bundle.rowName}`, new Map());
  const [row] = bundle.relations;
  if (!row || !planOldRelation(draft, row))
    throw new UnusableBundle('its row names no two artifacts, or an unknown type');
  return finishPlan(draft, null, digest);
}

function startDraft(bundle: OldBundle, id: string, media: ReadonlyMap<string, SlotResult>): PlanDraft {
  const problems = [...(bundle.session?.told ?? [])];
  const [times, columns] = datingTimes(bundle);
  const found = times.find((time) => time !== null);
  if (found === undefined && columns !== '')
    problems.push(`none of ${columns} is a time: 1970-01-01T00:00:00Z is recorded`);
  const createdAt = found ?? unknownTime;
  return {
    bundle,
    id,
    media,
    problems,
    createdAt,
    storedAt: bundle.kind === 'story' || bundle.kind === 'artifact' ? (times[1] ?? createdAt) : createdAt,
    importStepId: null,
    runs: [],
    steps: [],
    artifacts: [],
    misfits: new Set(),
    byIdentity: new Map(),
    links: [],
    relations: [],
    records: [],
  };
}

/** The time of what has none: recognizable, and the same in every import. */
const unknownTime = 0;

/** The times that may date the bundle, the best first, and their columns; none where it has no row of its own. */
function datingTimes(bundle: OldBundle): [times: (number | null)[], columns: string] {
  const { kind, story, session, segments, runs, artifacts, relations } = bundle;
  const [segment, run, artifact, relation] = [segments[0], runs[0], artifacts[0], relations[0]];
  switch (kind) {
    case 'story':
      return [[story.created_at, story.stored_at], 'created_at, stored_at'];
    case 'artifact':
      return artifact ? [[artifact.created_at, artifact.stored_at], 'created_at, stored_at'] : [[], ''];
    case 'session':
      if (session) return [[session.created_at, session.updated_at], 'created_at, updated_at'];
      return segment ? [[segment.created_at], 'created_at'] : [[], ''];
    case 'run':
      return run ? [[run.created_at], 'created_at'] : [[], ''];
    case 'relation':
      return relation ? [[relation.created_at], 'created_at'] : [[], ''];
  }
}

function planStory(draft: PlanDraft): PlannedStory {
  const { bundle, problems } = draft;
  const fields = planStoryFields(bundle, problems);
  const named = bundle.story.current_run_id;
  const known = draft.runs.some(({ id }) => id === named);
  if (named !== null && !known)
    problems.push(`current_run_id names the run ${quoted(named)}, which does not exist`);
  const currentRunId = known ? named : (draft.runs.at(-1)?.id ?? null);
  return {
    id: draft.id,
    title: titleOf(bundle),
    createdAt: draft.createdAt,
    storedAt: draft.storedAt,
    currentRunId,
    fields,
  };
}

/**
 * The step that stands for the import, in the story's own run; where the old system recorded none, the run is what the
 * story's row tells of it.
 */
function addImportStep(draft: PlanDraft, story: PlannedStory | null, importedAt: number): void {
  const { bundle } = draft;
  const runId = story?.currentRunId ?? draftId(draft, 'run');
  if (!draft.runs.some(({ id }) => id === runId)) {
    const status = story ? 'completed' : sessionStatus(bundle.session);
    draft.runs.push({
      id: runId,
      workflowType: workflowOf(draft),
      status,
      sessionId: bundle.sessionId,
      storyId: story?.id ?? null,
      externalId: null,
      summary: bundle.session ? summaryOf(bundle.session, draft.problems) : null,
      createdAt: draft.createdAt,
      startedAt: null,
      completedAt: status === 'running' ? null : draft.storedAt,
    });
  }
  if (story) story.currentRunId = runId;
  const orders = draft.steps.filter((step) => step.runId === runId).map(({ order }) => order + 1);
  draft.importStepId = draftId(draft, 'step', 'import');
  draft.steps.push({
    id: draft.importStepId,
    runId,
    name: 'import',
    order: Math.max(0, ...orders),
    status: 'completed',
    input: {
      imported_from: 'legacy database',
      [`legacy_${bundle.kind}_id`]: draft.id,
      row: bundle.rowName,
    },
    output: null,
    error: null,
    ...unusedByImport,
    createdAt: importedAt,
    completedAt: importedAt,
  });
}

const workflowAliases: Record<string, WorkflowType> = {
  interactive: 'interactive_story',
  news: 'news_to_kids',
  daily: 'kids_daily',
  morning: 'morning_show',
};

function workflowOf({ bundle, problems }: PlanDraft): WorkflowType {
  const fallback = bundle.sessionId === null ? 'image_to_story' : 'interactive_story';
  const text = bundle.story.story_type;
  if (text === null) return fallback;
  const known = wordAmong(workflowTypes, text) ?? workflowAliases[text.trim().toLowerCase()];
  if (!known) problems.push(`story_type ${quoted(text)} is unknown; the run is recorded as ${fallback}`);
  return known ?? fallback;
}

function sessionStatus(session: OldRow<'session'> | null): RunStatus {
  if (session?.status === 'active') return 'running';
  return session?.status === 'completed' ? 'completed' : 'cancelled';
}

/** The session's own facts, JSON columns as JSON. */
function summaryOf({ values }: OldRow<'session'>, problems: string[]): Record<string, Json> {
  const kept = Object.entries(values).filter(
    ([column, value]) => column !== 'id' && value !== null && value !== '',
  );
  return Object.fromEntries(
    kept.map(([column, value]) => [
      column,
      typeof value === 'string' && /^\s*[[{]/.test(value)
        ? parsedOrText(value, { problems, what: `${column} of the session` })
        : value,
    ]),
  );
}

function finishPlan(draft: PlanDraft, story: PlannedStory | null, digest: string): ImportPlan {
  const { bundle, problems } = draft;
  keepLimits('artifact', draft.artifacts, problems);
  keepLimits('run', draft.runs, problems);
  keepLimits('step', draft.steps, problems);
  keepLimits('story', story ? [story] : [], problems);
  const artifacts = [...new Map(draft.artifacts.map((artifact) => [artifact.id, artifact])).values()];
  const relations = settleGenerations(artifacts, draft.relations, ({ type, productId, sourceId }, reason) => {
    problems.push(`the relation ${productId} ${type} ${sourceId} is left out: ${reason}`);
  });
  const slots = [...draft.media.values()];
  return {
    key: bundleKey(bundle),
    kind: bundle.kind,
    id: draft.id,
    rowName: bundle.rowName,
    digest,
    story,
    runs: draft.runs,
    steps: draft.steps,
    artifacts,
    relations,
    links: settlePrimaries(draft).sort((a, b) => storyRoles.indexOf(a.role) - storyRoles.indexOf(b.role)),
    records: draft.records,
    files: [
      ...new Map(
        slots.flatMap(({ files }) => files).map((file) => [`${file.path}\0${file.outcome}`, file]),
      ).values(),
    ],
    problems: [...new Set(problems)],
  };
}
