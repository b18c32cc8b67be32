import type { Json } from '../../model/json.js';
import { storyRoles, workflowTypes, type RunStatus, type WorkflowType } from '../../model/vocabulary.js';
import type { SlotResult } from '../media/resolve-media.js';
import type { ImportPlan, PlannedStory } from './import-plan.js';
import { bundleKey, type LegacyBundle } from '../source/legacy-bundle.js';
import { emptyRow, textOf, type LegacyRow } from '../source/legacy-row.js';
import { keepLimits } from './keep-limits.js';
import { planOldArtifacts } from './plan-old-artifacts.js';
import { planOldEdges, planOldLinks, planOldRelation, planOldRuns } from './plan-old-tables.js';
import { unusedByImport, draftId, isUsableId, settlePrimaries, type PlanDraft } from './plan-draft.js';
import { planStoryFields, titleOf } from './plan-story-fields.js';
import { planSegments, planStoryMedia } from './plan-story-media.js';
import {
  firstTimeOf,
  noProblems,
  parsedOrText,
  quoted,
  timeOf,
  unknownTime,
  wordOf,
  type Problems,
} from '../source/read-columns.js';
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
  bundle: LegacyBundle,
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
  if (story) planStoryMedia(draft);
  else planSegments(draft, 'candidate');
  keepLimits(draft);
  reportDamage(draft);
  return finishPlan(draft, story, digest);
}

/** A relation that belongs to no other bundle. */
function planLooseRelation(bundle: LegacyBundle, digest: string): ImportPlan {
  const draft = startDraft(bundle, bundle.id ?? `row ${bundle.rowName}`, new Map());
  const [row] = bundle.relations;
  if (!row || !planOldRelation(draft, row))
    throw new UnusableBundle('its row names no two artifacts, or an unknown type');
  reportDamage(draft);
  return finishPlan(draft, null, digest);
}

function startDraft(bundle: LegacyBundle, id: string, media: ReadonlyMap<string, SlotResult>): PlanDraft {
  const problems = noProblems();
  const [row, columns] = datedRow(bundle);
  const createdAt = row === emptyRow ? unknownTime : firstTimeOf(row, columns, problems);
  return {
    bundle,
    id,
    media,
    problems,
    createdAt,
    storedAt: timeOf(row, 'stored_at', problems) ?? createdAt,
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

/** The row that dates the bundle, and its columns that may, the best first. */
function datedRow({
  kind,
  story,
  session,
  segments,
  runs,
  artifacts,
  relations,
}: LegacyBundle): [LegacyRow, string[]] {
  switch (kind) {
    case 'story':
      return [story, ['created_at', 'stored_at']];
    case 'session':
      return session ? [session, ['created_at', 'updated_at']] : [segments[0] ?? emptyRow, ['created_at']];
    case 'run':
      return [runs[0] ?? emptyRow, ['created_at']];
    case 'artifact':
      return [artifacts[0] ?? emptyRow, ['created_at', 'stored_at']];
    case 'relation':
      return [relations[0] ?? emptyRow, ['created_at']];
  }
}

function planStory(draft: PlanDraft): PlannedStory {
  const { bundle, problems } = draft;
  const fields = planStoryFields(bundle, problems);
  const named = textOf(bundle.story, 'current_run_id');
  const known = draft.runs.some(({ id }) => id === named);
  if (named !== null && !known)
    problems.sentences.push(`current_run_id names the run ${quoted(named)}, which does not exist`);
  const currentRunId = known ? named : (draft.runs.at(-1)?.id ?? null);
  return {
    id: draft.id,
    title: titleOf(bundle, problems),
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

/** Columns that could not be read as they are, of whatever row. */
function reportDamage({ bundle, problems }: PlanDraft): void {
  const { story, session, segments, artifacts, links, runs, steps, runLinks, relations } = bundle;
  const rest = [segments, artifacts, links, runs, steps, runLinks, relations].flat();
  for (const { damaged, uncomputed = [] } of [story, ...(session ? [session] : []), ...rest]) {
    for (const column of damaged)
      problems.sentences.push(`${column} is not valid UTF-8: wrong bytes are replaced by U+FFFD`);
    for (const column of uncomputed)
      problems.sentences.push(`${column} is a generated column that cannot be computed for this row`);
  }
}

const workflowAliases: Record<string, WorkflowType> = {
  interactive: 'interactive_story',
  news: 'news_to_kids',
  daily: 'kids_daily',
  morning: 'morning_show',
};

function workflowOf({ bundle, problems }: PlanDraft): WorkflowType {
  const fallback = bundle.sessionId === null ? 'image_to_story' : 'interactive_story';
  const text = textOf(bundle.story, 'story_type');
  if (text === null) return fallback;
  const known =
    wordOf(bundle.story, 'story_type', workflowTypes) ?? workflowAliases[text.trim().toLowerCase()];
  if (!known)
    problems.sentences.push(`story_type ${quoted(text)} is unknown; the run is recorded as ${fallback}`);
  return known ?? fallback;
}

function sessionStatus(session: LegacyRow | null): RunStatus {
  const status = session ? textOf(session, 'status') : null;
  if (status === 'active') return 'running';
  return status === 'completed' ? 'completed' : 'cancelled';
}

/** The session's own facts, JSON columns as JSON. */
function summaryOf(session: LegacyRow, problems: Problems): Record<string, Json> {
  const kept = Object.entries(session.values).filter(
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
  const artifacts = [...new Map(draft.artifacts.map((artifact) => [artifact.id, artifact])).values()];
  const relations = settleGenerations(artifacts, draft.relations, ({ type, productId, sourceId }, reason) => {
    problems.sentences.push(`the relation ${productId} ${type} ${sourceId} is left out: ${reason}`);
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
    problems: [...new Set(problems.sentences)],
  };
}
