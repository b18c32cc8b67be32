import type { Json } from '../../model/json.js';
import { stageKey } from '../../model/keys.js';
import { storyRoles, workflowTypes, type RunStatus, type WorkflowType } from '../../model/vocabulary.js';
import type { SlotResult } from '../media/read-media.js';
import type { OldBundle } from '../source/legacy-bundle.js';
import { firstOfEach } from '../source/legacy-row.js';
import { parsedOrText, quoted } from '../source/old-json.js';
import { wordAmong, type OldRow } from '../source/old-rows.js';
import type { ImportPlan, PlannedStory } from './import-plan.js';
import { keepLimits } from './keep-limits.js';
import { isUsableId, PlanDraft, unusedByImport } from './plan-draft.js';
import { planOldArtifacts } from './plan-old-artifacts.js';
import { planOldEdges, planOldLinks, planOldRuns } from './plan-old-tables.js';
import { planStoryFields, titleOf } from './plan-story-fields.js';
import { planStoryMedia } from './plan-story-media.js';
import { keepRelations } from './keep-relations.js';

/** A bundle that cannot be imported at all, and why. */
export class UnusableBundle extends Error {}

/**
 * What a bundle of old rows becomes in the graph. Pure: the same rows, media and import time give the same plan, ids included.
 * @param media what became of each of the bundle's media slots, by name
 * @param importedAt milliseconds; the time of the `import` step
 * @throws UnusableBundle when the row has no id, or one that the graph cannot use
 */
export function planBundle(
  bundle: OldBundle,
  media: ReadonlyMap<string, SlotResult>,
  importedAt: number,
): ImportPlan {
  const draft = new PlanDraft(bundle, usableId(bundle), media);
  planOldRuns(draft);
  const story = bundle.kind === 'story' ? planStory(draft) : null;
  if (story || bundle.kind === 'session') addImportStep(draft, story, importedAt);
  planOldArtifacts(draft);
  planOldLinks(draft);
  planOldEdges(draft);
  planStoryMedia(draft);
  if (bundle.kind === 'relation' && draft.relations.length === 0)
    throw new UnusableBundle('its row names no two artifacts, or an unknown type');
  return finishPlan(draft, story);
}

/** A relation is never looked up by its id, so it may have any. */
function usableId({ kind, id, rowName }: OldBundle): string {
  if (kind === 'relation') return id ?? `row ${rowName}`;
  if (id === null) throw new UnusableBundle(`row ${rowName} has no ${kind} id`);
  if (isUsableId(id)) return id;
  const rule = '1 to 200 characters without control characters and |';
  throw new UnusableBundle(`the ${kind} id ${quoted(id)} cannot be used: ${rule}`);
}

function planStory(draft: PlanDraft): PlannedStory {
  const { bundle, problems, id, createdAt, storedAt } = draft;
  const named = bundle.story.current_run_id;
  const known = draft.runs.some((run) => run.id === named);
  if (named !== null && !known)
    problems.push(`current_run_id names the run ${quoted(named)}, which does not exist`);
  const currentRunId = known ? named : (draft.runs.at(-1)?.id ?? null);
  const fields = planStoryFields(bundle, problems);
  return { id, title: titleOf(bundle), createdAt, storedAt, currentRunId, fields };
}

/**
 * The step that stands for the import, in the story's own run; where the old system recorded none, the run is what the
 * story's row tells of it.
 */
function addImportStep(draft: PlanDraft, story: PlannedStory | null, importedAt: number): void {
  const { bundle } = draft;
  const runId = story?.currentRunId ?? draft.idOf('run');
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
  draft.importStepId = draft.idOf('step', 'import');
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

function finishPlan(draft: PlanDraft, story: PlannedStory | null): ImportPlan {
  const { bundle, problems, id, runs, steps } = draft;
  const artifacts = firstOfEach(draft.artifacts, (artifact) => artifact.id);
  keepLimits({ artifact: artifacts, run: runs, step: steps, story: story ? [story] : [] }, problems);
  const relations = keepRelations(artifacts, draft.relations, ({ type, productId, sourceId }, reason) => {
    problems.push(`the relation ${productId} ${type} ${sourceId} is left out: ${reason}`);
  });
  const links = draft.finalLinks().sort((a, b) => storyRoles.indexOf(a.role) - storyRoles.indexOf(b.role));
  const files = firstOfEach(draft.files, ({ path, outcome }) => `${path}\0${outcome}`);
  const records = firstOfEach(draft.records, stageKey);
  const made = { story, runs, steps, artifacts, relations, links, records };
  return { kind: bundle.kind, id, ...made, files, problems: [...new Set(problems)] };
}
