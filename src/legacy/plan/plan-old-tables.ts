import { metadata } from '../../model/json.js';
import { stageKey } from '../../model/keys.js';
import type { Relation } from '../../model/relation.js';
import { claims } from '../media/media-slots.js';
import type { LegacyBundle } from '../source/legacy-bundle.js';
import { relationKey, textOf } from '../source/legacy-row.js';
import { jsonOrText, oldObject, quoted } from '../source/old-json.js';
import { readRow, type OldRow } from '../source/old-rows.js';
import { isUsableId, unusedByImport, type PlanDraft } from './plan-draft.js';

/** Runs and steps of the old tables, under their own ids. */
export function planOldRuns(draft: PlanDraft): void {
  const { bundle, problems } = draft;
  for (const row of bundle.runs) {
    const { run_id: id, completed_at: completedAt } = row;
    if (!isUsableId(id)) {
      problems.push(`run ${quoted(id)} has an id that cannot be kept`);
      continue;
    }
    problems.push(...row.told);
    draft.runs.push({
      id,
      workflowType: row.workflow_type ?? 'image_to_story',
      status: row.status ?? (completedAt === null ? 'failed' : 'completed'),
      sessionId: row.session_id,
      storyId: bundle.kind === 'story' ? draft.id : null,
      externalId: null,
      summary: jsonOrText(row.result_summary, { problems, what: `result_summary of run ${id}` }),
      createdAt: row.created_at ?? draft.createdAt,
      startedAt: row.started_at,
      completedAt,
    });
  }
  const runIds = new Set(draft.runs.map(({ id }) => id));
  for (const [index, row] of bundle.steps.entries()) planOldStep(draft, row, index, runIds);
}

function planOldStep(
  draft: PlanDraft,
  row: OldRow<'steps'>,
  index: number,
  runIds: ReadonlySet<string>,
): void {
  const { problems } = draft;
  const { agent_step_id: id, run_id: runId, completed_at: completedAt } = row;
  if (!isUsableId(id) || runId === null || !runIds.has(runId)) {
    problems.push(`step ${quoted(id)} cannot be kept`);
    return;
  }
  problems.push(...row.told);
  draft.steps.push({
    id,
    runId,
    name: row.step_name ?? 'unnamed',
    order: row.step_order ?? index,
    status: row.status ?? (completedAt === null ? 'failed' : 'completed'),
    input: jsonOrText(row.input_data, { problems, what: `input_data of step ${id}` }),
    output: jsonOrText(row.output_data, { problems, what: `output_data of step ${id}` }),
    error: row.error_message,
    ...unusedByImport,
    createdAt: row.created_at ?? draft.createdAt,
    completedAt,
  });
}

/** Links of the old tables, and the primaries that the story's own columns name. */
export function planOldLinks(draft: PlanDraft): void {
  const { bundle, problems } = draft;
  const { cover_artifact_id, canonical_audio_id, canonical_video_id } = bundle.story;
  const artifacts = new Map<string | null, (typeof draft.artifacts)[number]>(
    draft.artifacts.map((artifact) => [artifact.id, artifact]),
  );
  for (const row of bundle.links) {
    const artifact = artifacts.get(row.artifact_id);
    problems.push(...row.told);
    if (!artifact)
      problems.push(`a link names the artifact ${quoted(row.artifact_id)}, which does not exist`);
    if (!artifact || row.role === null) continue;
    const createdAt = row.created_at ?? draft.createdAt;
    draft.addLink(artifact, {
      id: row.link_id,
      role: row.role,
      claim: (row.is_primary ?? true) ? claims.oldPrimary : claims.none,
      position: row.position,
      createdAt,
      updatedAt: row.updated_at ?? createdAt,
    });
  }
  for (const [column, id, role] of [
    ['cover_artifact_id', cover_artifact_id, 'cover'],
    ['canonical_audio_id', canonical_audio_id, 'final_audio'],
    ['canonical_video_id', canonical_video_id, 'final_video'],
  ] as const) {
    const artifact = artifacts.get(id);
    if (artifact) draft.addLink(artifact, { role, claim: claims.namedByStory, position: null });
    else if (id !== null) problems.push(`${column} names the artifact ${quoted(id)}, which does not exist`);
  }
}

/** Stages of artifacts in runs, and relations with both ends in this bundle. */
export function planOldEdges(draft: PlanDraft): void {
  const { bundle, problems } = draft;
  const artifactIds = new Set(draft.artifacts.map(({ id }) => id));
  const runIds = new Set(draft.runs.map(({ id }) => id));
  for (const row of bundle.runLinks) {
    const { run_id: runId, artifact_id: artifactId, stage } = row;
    problems.push(...row.told);
    const isWithin = runIds.has(runId ?? '') && artifactIds.has(artifactId ?? '');
    if (!isWithin || !runId || !artifactId || !stage) {
      problems.push(`the link of run ${quoted(runId)} and artifact ${quoted(artifactId)} cannot be kept`);
      continue;
    }
    const record = { runId, artifactId, stage, createdAt: row.created_at ?? draft.createdAt };
    draft.records.push({ id: draft.keptId(row.link_id, 'record', stageKey(record)), ...record });
  }
  for (const row of bundle.relations) {
    const ends = relationEnds(row);
    const isWithin = ends && artifactIds.has(ends.productId) && artifactIds.has(ends.sourceId);
    if (!ends || !(isWithin || bundle.kind === 'relation')) continue;
    const { relation_id: id } = row;
    const what = `the metadata of relation ${id ?? `${ends.sourceId} to ${ends.productId}`}`;
    problems.push(...row.told);
    draft.relations.push({
      ...ends,
      id: draft.keptId(id, 'relation', ends.type, ends.productId, ends.sourceId),
      metadata: oldObject(row.metadata, metadata, { problems, what }),
      createdAt: row.created_at ?? draft.createdAt,
    });
  }
}

type Ends = Pick<Relation, 'sourceId' | 'productId' | 'type'>;

/** null for a row that can be no relation. */
function relationEnds(row: OldRow<'relations'>): Ends | null {
  const { from_artifact_id: sourceId, to_artifact_id: productId, relation_type: type } = row;
  return isUsableId(sourceId) && isUsableId(productId) && type !== null
    ? { sourceId, productId, type }
    : null;
}

/**
 * The names of everything in a bundle, for `Belonging`. Of relations those with both ends in it: others, which reach into
 * another bundle or cannot be kept, are dealt with once all artifacts are there.
 */
export function namesWithin({ sessionId, runs, artifacts, relations }: LegacyBundle): string[] {
  const ids = new Set(artifacts.map((row) => textOf(row, 'artifact_id')));
  const within = relations.filter((row) => {
    const ends = relationEnds(readRow.relations(row));
    return ends !== null && ids.has(ends.productId) && ids.has(ends.sourceId);
  });
  return [
    ...(sessionId === null ? [] : [`session:${sessionId}`]),
    ...runs.map((row) => `run:${textOf(row, 'run_id')}`),
    ...[...ids].map((id) => `artifact:${id}`),
    ...within.map(relationKey),
  ];
}
