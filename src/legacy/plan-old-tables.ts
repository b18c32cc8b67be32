import { canonicalJson, jsonObject, type Json } from '../model/json.js';
import { metadataFor, maxPayloadBytes } from '../model/artifact.js';
import {
  artifactTypes,
  lifecycleStates,
  relationTypes,
  runStages,
  runStatuses,
  stepStatuses,
  storyRoles,
  workflowTypes,
  type ArtifactType,
} from '../model/vocabulary.js';
import { jsonColumn, type LegacyBundle } from './legacy-bundle.js';
import { flagOf, relationKey, textOf, wholeNumberOf, type LegacyRow } from './legacy-row.js';
import { artifactSlot } from './media-slots.js';
import {
  addArtifact,
  addLink,
  claims,
  draftId,
  isUsableId,
  rememberIdentities,
  type PlanDraft,
  type SlotResult,
} from './plan-draft.js';
import { parsedOrText, quoted, scoreOf, storedJsonOf, timeOf, wordOf } from './read-columns.js';

const say = (draft: PlanDraft, sentence: string) => draft.problems.sentences.push(sentence);

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
      summary: storedJsonOf(row, 'result_summary'),
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
  const order = wholeNumberOf(row, 'step_order');
  const completedAt = timeOf(row, 'completed_at', draft.problems);
  draft.steps.push({
    id,
    runId,
    name: textOf(row, 'step_name')?.slice(0, 200) ?? 'unnamed',
    order: order !== null && order >= 0 ? order : index,
    status: status ?? (completedAt === null ? 'failed' : 'completed'),
    input: storedJsonOf(row, 'input_data'),
    output: storedJsonOf(row, 'output_data'),
    error: textOf(row, 'error_message'),
    createdAt: timeOf(row, 'created_at', draft.problems) ?? draft.createdAt,
    completedAt,
  });
}

/** Artifacts of the old tables, under their own ids and in their own states. */
export function planOldArtifacts(draft: PlanDraft): void {
  for (const row of draft.bundle.artifacts) {
    const id = textOf(row, 'artifact_id');
    if (!isUsableId(id)) {
      say(draft, `artifact ${quoted(id ?? '')} has an id that cannot be kept`);
      continue;
    }
    const slot = draft.media.get(artifactSlot(id));
    const artifact = addArtifact(draft, { id, ...oldArtifactFacts(draft, row, id, slot) });
    rememberIdentities(draft, slot?.identities ?? [], artifact);
  }
}

function oldArtifactFacts(draft: PlanDraft, row: LegacyRow, id: string, slot: SlotResult | undefined) {
  const { problems } = draft;
  const stored = slot?.media.kind === 'stored' ? slot.media : null;
  const known = wordOf(row, 'artifact_type', artifactTypes);
  const state = wordOf(row, 'lifecycle_state', lifecycleStates);
  const type = known ?? stored?.type ?? 'json';
  if (known === null)
    say(
      draft,
      `artifact ${id} has the unknown type ${quoted(textOf(row, 'artifact_type') ?? '')}; recorded as ${type}`,
    );
  if (state === null)
    say(
      draft,
      `artifact ${id} has the unknown state ${quoted(textOf(row, 'lifecycle_state') ?? '')}; recorded as intermediate`,
    );
  const hash = oldHash(row);
  const content =
    stored && (hash.sha256 === null || hash.sha256 === stored.content.sha256) ? stored.content : null;
  if (stored && !content) reportOtherBytes(slot, hash.sha256 ?? '', stored.content.sha256);
  const createdAt = timeOf(row, 'created_at', problems) ?? draft.createdAt;
  return {
    type,
    lifecycleState: state ?? ('intermediate' as const),
    contentHash: hash.sha256 ?? content?.sha256 ?? null,
    content,
    path: textOf(row, 'artifact_path'),
    url: textOf(row, 'artifact_url'),
    ...oldPayload(draft, row, id),
    metadata: {
      ...(content ? { ...stored?.facts } : {}),
      ...oldMetadata(draft, row, id, type),
      ...hash.custom,
    },
    mimeType: content?.mimeType ?? textOf(row, 'mime_type'),
    sizeBytes: content?.sizeBytes ?? wholeNumberOf(row, 'file_size'),
    description: textOf(row, 'description'),
    safetyScore: scoreOf(row, 'safety_score', problems),
    createdByAgent: textOf(row, 'created_by_agent'),
    createdAt,
    storedAt: timeOf(row, 'stored_at', problems) ?? createdAt,
    stepId: creatingStep(draft, row, id),
  };
}

/** The digest that the old row states, when it is a SHA-256; any other is kept among the custom metadata. */
function oldHash(row: LegacyRow): { sha256: string | null; custom: Record<string, Json> } {
  const text = textOf(row, 'content_hash');
  const digest =
    text
      ?.trim()
      .toLowerCase()
      .replace(/^sha-?256:/, '') ?? '';
  if (text === null || /^[0-9a-f]{64}$/.test(digest)) return { sha256: digest || null, custom: {} };
  return { sha256: null, custom: { legacy_content_hash: text } };
}

/** The row states a digest and its file has another: the record keeps its word, and the bytes stay out. */
function reportOtherBytes(slot: SlotResult | undefined, expected: string, found: string): void {
  const file = slot?.files.find(({ outcome }) => outcome === 'stored');
  if (!file) return;
  file.outcome = 'contradictory';
  file.reason = `the row says SHA-256 ${expected}, the file has ${found}`;
}

function oldPayload(
  draft: PlanDraft,
  row: LegacyRow,
  id: string,
): { payload: string | null; payloadFormat: 'json' | null } {
  const text = textOf(row, 'artifact_payload');
  if (text === null) return { payload: null, payloadFormat: null };
  if (Buffer.byteLength(text) > maxPayloadBytes) {
    say(
      draft,
      `artifact ${id} has a payload of ${Buffer.byteLength(text)} bytes, too long to be kept inline`,
    );
    return { payload: null, payloadFormat: null };
  }
  const value = parsedOrText(text);
  return typeof value === 'object' && value !== null
    ? { payload: canonicalJson(value), payloadFormat: 'json' }
    : { payload: text, payloadFormat: null };
}

function oldMetadata(draft: PlanDraft, row: LegacyRow, id: string, type: ArtifactType): Record<string, Json> {
  const text = textOf(row, 'metadata');
  if (text === null) return {};
  const value = jsonColumn(row, 'metadata');
  const fits =
    value !== 'broken' && jsonObject.safeParse(value).success && metadataFor(type).safeParse(value).success;
  if (fits) return jsonObject.parse(value);
  say(draft, `artifact ${id} has metadata that does not fit its type; kept as text`);
  return { custom: { legacy_metadata: text.slice(0, 32_000).toWellFormed() } };
}

function creatingStep(draft: PlanDraft, row: LegacyRow, id: string): string | null {
  const stepId = textOf(row, 'created_by_step_id');
  if (stepId === null) return draft.importStepId;
  if (draft.steps.some((step) => step.id === stepId)) return stepId;
  say(
    draft,
    `artifact ${id} names the step ${quoted(stepId)}, which is not among the steps of this ${draft.bundle.kind}`,
  );
  return draft.importStepId;
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
    const position = wholeNumberOf(row, 'position');
    addLink(draft, artifact, role, {
      claim: flagOf(row, 'is_primary', true) ? claims.oldPrimary : null,
      position: position !== null && position >= 0 ? position : null,
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
    const key = `${runId}|${artifactId}|${stage}`;
    if (stage === null || !artifactIds.has(artifactId) || !runIds.has(runId)) {
      say(
        draft,
        `a run link (${quoted(runId)}, ${quoted(artifactId)}, ${quoted(textOf(row, 'stage') ?? '')}) cannot be kept`,
      );
    } else if (!seen.has(key)) {
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
  for (const row of bundle.relations) planOldRelation(draft, row, artifactIds);
}

/** One relation of the old tables; null when its row cannot be one. Ends in other bundles are the caller's to check. */
export function readOldRelation(row: LegacyRow) {
  const [sourceId, productId] = [textOf(row, 'from_artifact_id'), textOf(row, 'to_artifact_id')];
  const type = wordOf(row, 'relation_type', relationTypes);
  if (!isUsableId(sourceId) || !isUsableId(productId) || type === null) return null;
  return { id: textOf(row, 'relation_id'), sourceId, productId, type, metadata: storedMetadata(row) };
}

function storedMetadata(row: LegacyRow): string | null {
  const text = textOf(row, 'metadata');
  if (text === null) return null;
  const value = jsonColumn(row, 'metadata');
  return canonicalJson(
    jsonObject.safeParse(value).data ?? { legacy_metadata: text.slice(0, 32_000).toWellFormed() },
  );
}

function planOldRelation(draft: PlanDraft, row: LegacyRow, artifactIds: ReadonlySet<string>): void {
  const relation = readOldRelation(row);
  // Relations that reach into another bundle, or that cannot be kept, are dealt with once all artifacts are there.
  if (!relation || !artifactIds.has(relation.sourceId) || !artifactIds.has(relation.productId)) return;
  const { id, type, productId, sourceId } = relation;
  draft.relations.push({
    ...relation,
    id: isUsableId(id) ? id : draftId(draft, 'relation', type, productId, sourceId),
    createdAt: timeOf(row, 'created_at', draft.problems) ?? draft.createdAt,
  });
}

/** The keys of the relations that are planned with the bundle: those with both ends in it. */
export function relationKeysWithin({ artifacts, relations }: LegacyBundle): string[] {
  const ids = new Set(artifacts.map((row) => textOf(row, 'artifact_id')));
  return relations
    .filter((row) => {
      const relation = readOldRelation(row);
      return relation !== null && ids.has(relation.productId) && ids.has(relation.sourceId);
    })
    .map(relationKey);
}
