import { stageKey } from '../../model/keys.js';
import {
  relationTypes,
  runStages,
  runStatuses,
  stepStatuses,
  storyRoles,
  workflowTypes,
} from '../../model/vocabulary.js';
import { maxInt } from '../../model/exact-number.js';
import type { LegacyBundle } from '../source/legacy-bundle.js';
import { flagOf, textOf, type LegacyRow } from '../source/legacy-row.js';
import { addLink, claims, draftId, isUsableId, say, unusedByImport, type PlanDraft } from './plan-draft.js';
import { countOf, cutAndTold, oldObject, quoted, jsonOf, timeOf, wordOf } from '../source/read-columns.js';

/** Runs and steps of the old tables, under their own ids. */
export function planOldRuns(draft: PlanDraft): void {
  const { bundle, problems } = draft;
  for (const row of bundle.runs) {
    const id = textOf(row, 'run_id');
    if (!isUsableId(id)) {
      say(draft, `run ${quoted(id ?? '')} has an id that cannot be kept`);
      continue;
    }
    const completedAt = timeOf(row, 'completed_at', problems);
    const status = wordOf(row, 'status', runStatuses);
    const workflowType = wordOf(row, 'workflow_type', workflowTypes);
    if (status === null)
      say(draft, `run ${id} has the unknown status ${quoted(textOf(row, 'status') ?? '')}`);
    if (workflowType === null)
      say(draft, `run ${id} has the unknown workflow ${quoted(textOf(row, 'workflow_type') ?? '')}`);
    draft.runs.push({
      id,
      workflowType: workflowType ?? 'image_to_story',
      status: status ?? (completedAt === null ? 'failed' : 'completed'),
      sessionId: textOf(row, 'session_id'),
      storyId: bundle.kind === 'story' ? draft.id : null,
      externalId: null,
      summary: jsonOf(row, 'result_summary', { problems, what: `run ${id}` }),
      createdAt: timeOf(row, 'created_at', problems) ?? draft.createdAt,
      startedAt: timeOf(row, 'started_at', problems),
      completedAt,
    });
  }
  const runIds = new Set(draft.runs.map(({ id }) => id));
  for (const [index, row] of bundle.steps.entries()) planOldStep(draft, row, index, runIds);
}

function planOldStep(draft: PlanDraft, row: LegacyRow, index: number, runIds: ReadonlySet<string>): void {
  const [id, runId] = [textOf(row, 'agent_step_id'), textOf(row, 'run_id') ?? ''];
  if (!isUsableId(id) || !runIds.has(runId))
    return void say(draft, `step ${quoted(id ?? '')} cannot be kept`);
  const status = wordOf(row, 'status', stepStatuses);
  if (status === null) say(draft, `step ${id} has the unknown status ${quoted(textOf(row, 'status') ?? '')}`);
  const told = { problems: draft.problems, what: `step ${id}` };
  const name = textOf(row, 'step_name');
  const completedAt = timeOf(row, 'completed_at', draft.problems);
  draft.steps.push({
    id,
    runId,
    name: name === null ? 'unnamed' : cutAndTold(name, 200, { ...told, what: `step_name of step ${id}` }),
    order: countOf(row, 'step_order', maxInt, told) ?? index,
    status: status ?? (completedAt === null ? 'failed' : 'completed'),
    input: jsonOf(row, 'input_data', told),
    output: jsonOf(row, 'output_data', told),
    error: textOf(row, 'error_message'),
    ...unusedByImport,
    createdAt: timeOf(row, 'created_at', draft.problems) ?? draft.createdAt,
    completedAt,
  });
}

/** Links of the old tables, and the primaries that the story's own columns name. */
export function planOldLinks(draft: PlanDraft): void {
  const { bundle, problems } = draft;
  const artifacts = new Map(draft.artifacts.map((artifact) => [artifact.id, artifact]));
  for (const row of bundle.links) {
    const artifactId = textOf(row, 'artifact_id') ?? '';
    const artifact = artifacts.get(artifactId);
    const role = wordOf(row, 'role', storyRoles);
    if (!artifact) say(draft, `a link names the artifact ${quoted(artifactId)}, which does not exist`);
    if (role === null) say(draft, `a link has the unknown role ${quoted(textOf(row, 'role') ?? '')}`);
    if (!artifact || role === null) continue;
    const [id, createdAt] = [textOf(row, 'link_id'), timeOf(row, 'created_at', problems) ?? draft.createdAt];
    addLink(draft, artifact, role, {
      claim: flagOf(row, 'is_primary', true) ? claims.oldPrimary : null,
      position: countOf(row, 'position', maxInt, { problems, what: `the link of ${artifactId}` }),
      createdAt,
      updatedAt: timeOf(row, 'updated_at', problems) ?? createdAt,
      ...(isUsableId(id) ? { id } : {}),
    });
  }
  const named = [
    ['cover_artifact_id', 'cover'],
    ['canonical_audio_id', 'final_audio'],
    ['canonical_video_id', 'final_video'],
  ] as const;
  for (const [column, role] of named) {
    const artifactId = textOf(bundle.story, column);
    if (artifactId === null) continue;
    const artifact = artifacts.get(artifactId);
    if (artifact) addLink(draft, artifact, role, { claim: claims.namedByStory });
    else say(draft, `${column} names the artifact ${quoted(artifactId)}, which does not exist`);
  }
}

/** Stages of artifacts in runs, and relations with both ends in this bundle. */
export function planOldEdges(draft: PlanDraft): void {
  const { bundle, problems } = draft;
  const artifactIds = new Set(draft.artifacts.map(({ id }) => id));
  const runIds = new Set(draft.runs.map(({ id }) => id));
  const seen = new Set<string>();
  for (const row of bundle.runLinks) {
    const [artifactId, runId] = [textOf(row, 'artifact_id') ?? '', textOf(row, 'run_id') ?? ''];
    const stage = wordOf(row, 'stage', runStages);
    if (stage === null || !artifactIds.has(artifactId) || !runIds.has(runId)) {
      say(
        draft,
        `a run link (${quoted(runId)}, ${quoted(artifactId)}, ${quoted(textOf(row, 'stage') ?? '')}) cannot be kept`,
      );
      continue;
    }
    const key = stageKey({ runId, artifactId, stage });
    if (!seen.has(key)) {
      seen.add(key);
      const id = textOf(row, 'link_id');
      const createdAt = timeOf(row, 'created_at', problems) ?? draft.createdAt;
      draft.records.push({
        id: isUsableId(id) ? id : draftId(draft, 'record', key),
        runId,
        artifactId,
        stage,
        createdAt,
      });
    }
  }
  for (const row of relationsWithin(bundle)) planOldRelation(draft, row);
}

/** @returns whether its row can be a relation; whether its ends exist is the caller's to check */
export function planOldRelation(draft: PlanDraft, row: LegacyRow): boolean {
  const { problems } = draft;
  const ends = relationEnds(row);
  if (!ends) return false;
  const id = textOf(row, 'relation_id');
  const what = `the metadata of relation ${id ?? `${ends.sourceId} to ${ends.productId}`}`;
  draft.relations.push({
    ...ends,
    id: isUsableId(id) ? id : draftId(draft, 'relation', ends.type, ends.productId, ends.sourceId),
    metadata: oldObject(row, { problems, what }),
    createdAt: timeOf(row, 'created_at', problems) ?? draft.createdAt,
  });
  return true;
}

function relationEnds(row: LegacyRow) {
  const [sourceId, productId] = [textOf(row, 'from_artifact_id'), textOf(row, 'to_artifact_id')];
  const type = wordOf(row, 'relation_type', relationTypes);
  return isUsableId(sourceId) && isUsableId(productId) && type !== null
    ? { sourceId, productId, type }
    : null;
}

/**
 * The relations that are planned with the bundle: those with both ends in it. Those that reach into another bundle, or
 * that cannot be kept, are dealt with once all artifacts are there.
 */
export function relationsWithin({ artifacts, relations }: LegacyBundle): LegacyRow[] {
  const ids = new Set(artifacts.map((row) => textOf(row, 'artifact_id')));
  return relations.filter((row) => {
    const ends = relationEnds(row);
    return ends !== null && ids.has(ends.productId) && ids.has(ends.sourceId);
  });
}
