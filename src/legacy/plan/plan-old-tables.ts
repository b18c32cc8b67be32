import { jsonObject, type Json } from '../../model/json.js';
import { stageKey } from '../../model/keys.js';
import { metadataFor, maxPayloadBytes } from '../../model/artifact.js';
import { sha256, type Sha256 } from '../../model/digest.js';
import { payloadHash } from '../../model/payload-hash.js';
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
} from '../../model/vocabulary.js';
import { maxInt } from '../../model/exact-number.js';
import type { LegacyBundle } from '../source/legacy-bundle.js';
import { flagOf, relationKey, textOf, type LegacyRow } from '../source/legacy-row.js';
import type { SlotResult } from '../media/resolve-media.js';
import { artifactSlot } from '../media/media-slots.js';
import {
  addArtifact,
  addLink,
  claims,
  draftId,
  isUsableId,
  rememberIdentities,
  unusedByImport,
  type PlanDraft,
} from './plan-draft.js';
import {
  beginningOf,
  countOf,
  cutAndTold,
  isTooLong,
  noProblems,
  parsedOrText,
  quoted,
  scoreOf,
  jsonOf,
  timeOf,
  wordOf,
  type Problems,
  type ToldAbout,
} from '../source/read-columns.js';

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
    if (slot?.media.kind === 'stored' && slot.media.contradicts && slot.media.type === null)
      draft.misfits.add(id);
    rememberIdentities(draft, slot?.identities ?? [], artifact);
  }
}

function oldArtifactFacts(draft: PlanDraft, row: LegacyRow, id: string, slot: SlotResult | undefined) {
  const { problems } = draft;
  const stored = slot?.media.kind === 'stored' ? slot.media : null;
  const known = wordOf(row, 'artifact_type', artifactTypes);
  const state = wordOf(row, 'lifecycle_state', lifecycleStates);
  const hash = textOf(row, 'content_hash');
  const stated = statedDigest(hash);
  const content = stored && (stated === null || stated === stored.content.sha256) ? stored.content : null;
  if (stored && !content) reportOtherBytes(slot, stated ?? '', stored.content.sha256);
  const found = stored && content && (known === null || stored.contradicts) ? stored.type : null;
  const type = found ?? known ?? 'json';
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
  const payload = oldPayload(draft, row, { id, type });
  const ownHash = payload === null ? null : payloadHash(payload);
  const isPayloads = ownHash !== null && !stored && textOf(row, 'artifact_path') === null;
  const disowned = hash !== null && (stated === null || (isPayloads && stated !== ownHash));
  if (disowned && stated !== null)
    say(draft, `artifact ${id} states the SHA-256 ${stated}, its payload has ${ownHash}`);
  const ofOwn = content?.sha256 ?? ownHash;
  const contentHash = disowned ? ofOwn : (stated ?? ofOwn);
  const metadata = oldMetadata(draft, row, id, type);
  const createdAt = timeOf(row, 'created_at', problems) ?? draft.createdAt;
  return {
    type,
    lifecycleState: state ?? ('intermediate' as const),
    content,
    path: textOf(row, 'artifact_path'),
    url: textOf(row, 'artifact_url'),
    payload,
    contentHash,
    metadata: {
      ...(content ? { ...stored?.facts } : {}),
      ...metadata,
      ...(disowned ? custom(metadata, { legacy_content_hash: hash }) : {}),
    },
    mimeType: content?.mimeType ?? textOf(row, 'mime_type'),
    sizeBytes:
      content?.sizeBytes ??
      countOf(row, 'file_size', Number.MAX_SAFE_INTEGER, { problems, what: `artifact ${id}` }),
    description: textOf(row, 'description'),
    safetyScore: scoreOf(row, 'safety_score', problems),
    createdByAgent: textOf(row, 'created_by_agent'),
    createdAt,
    storedAt: timeOf(row, 'stored_at', problems) ?? createdAt,
    createdByStepId: creatingStep(draft, row, id),
  };
}

/** The digest that an old row states, when it is a SHA-256; any other is kept among the custom metadata. */
function statedDigest(text: string | null): Sha256 | null {
  const digest = text
    ?.trim()
    .toLowerCase()
    .replace(/^sha-?256:/, '');
  return sha256.safeParse(digest).data ?? null;
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
  { id, type }: { id: string; type: ArtifactType },
): Json {
  const text = textOf(row, 'artifact_payload');
  if (text === null) return null;
  if (Buffer.byteLength(text) > maxPayloadBytes) {
    say(
      draft,
      `artifact ${id} has a payload of ${Buffer.byteLength(text)} bytes, too long to be kept inline`,
    );
    return null;
  }
  const looksLikeJson = /^\s*[[{]/.test(text);
  const isMeantAsJson = type === 'json' || (type !== 'text' && looksLikeJson);
  const told = {
    problems: isMeantAsJson ? draft.problems : noProblems(),
    what: `the payload of artifact ${id}`,
  };
  const value = isMeantAsJson || looksLikeJson ? parsedOrText(text, told) : text;
  return typeof value === 'object' ? (value ?? text) : text;
}

function oldMetadata(draft: PlanDraft, row: LegacyRow, id: string, type: ArtifactType): Record<string, Json> {
  const told = { problems: draft.problems, what: `the metadata of artifact ${id}` };
  const value = oldObject(row, told);
  if (value === null || metadataFor(type).safeParse(value).success) return value ?? {};
  say(draft, `${told.what} does not fit its type; it is kept as text`);
  return { custom: keptAsText(textOf(row, 'metadata') ?? '', told) };
}

/** The metadata of a row as a JSON object; anything else is kept as text and told. null when there is none. */
function oldObject(row: LegacyRow, told: ToldAbout): Record<string, Json> | null {
  const text = textOf(row, 'metadata');
  if (text === null) return null;
  if (isTooLong(text)) return { custom: { legacy_metadata: beginningOf(text, told) } };
  const value = parsedOrText(text, told);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  if (value !== text) told.problems.sentences.push(`${told.what} is no JSON object; it is kept as text`);
  return { custom: keptAsText(text, told) };
}

const keptAsText = (text: string, told: ToldAbout) => ({ legacy_metadata: cutAndTold(text, 32_000, told) });

/** `custom` metadata with more in it. */
function custom(metadata: Record<string, Json>, more: Record<string, Json>): Record<string, Json> {
  return { custom: { ...jsonObject.safeParse(metadata.custom).data, ...more } };
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
  for (const row of bundle.relations) planOldRelation(draft, row, artifactIds);
}

/**
 * One relation of the old tables; null when its row cannot be one. Ends in other bundles are the caller's to check.
 * @param problems are told what of its metadata is not kept as it was
 */
export function readOldRelation(row: LegacyRow, problems: Problems) {
  const [sourceId, productId] = [textOf(row, 'from_artifact_id'), textOf(row, 'to_artifact_id')];
  const type = wordOf(row, 'relation_type', relationTypes);
  if (!isUsableId(sourceId) || !isUsableId(productId) || type === null) return null;
  const id = textOf(row, 'relation_id');
  const metadata = oldObject(row, {
    problems,
    what: `the metadata of relation ${id ?? `${sourceId} to ${productId}`}`,
  });
  return { id, sourceId, productId, type, metadata };
}

function planOldRelation(draft: PlanDraft, row: LegacyRow, artifactIds: ReadonlySet<string>): void {
  const problems = noProblems();
  const relation = readOldRelation(row, problems);
  // Relations that reach into another bundle, or that cannot be kept, are dealt with once all artifacts are there.
  if (!relation || !artifactIds.has(relation.sourceId) || !artifactIds.has(relation.productId)) return;
  draft.problems.sentences.push(...problems.sentences);
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
      const relation = readOldRelation(row, noProblems());
      return relation !== null && ids.has(relation.productId) && ids.has(relation.sourceId);
    })
    .map(relationKey);
}
