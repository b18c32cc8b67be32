import { jsonObject, type Json } from '../../model/json.js';
import { metadataFor, maxPayloadBytes } from '../../model/artifact.js';
import { sha256, type Sha256 } from '../../model/digest.js';
import { payloadHash } from '../../model/payload-hash.js';
import { artifactTypes, lifecycleStates, type ArtifactType } from '../../model/vocabulary.js';
import { textOf, type LegacyRow } from '../source/legacy-row.js';
import type { SlotResult } from '../media/resolve-media.js';
import { artifactSlot } from '../media/media-slots.js';
import { addArtifact, isUsableId, rememberIdentities, say, type PlanDraft } from './plan-draft.js';
import {
  countOf,
  keptAsText,
  noProblems,
  oldObject,
  parsedOrText,
  quoted,
  scoreOf,
  timeOf,
  wordOf,
} from '../source/read-columns.js';

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
