import { metadataFor, maxPayloadBytes } from '../../model/artifact.js';
import { sha256, type Sha256 } from '../../model/digest.js';
import type { Json } from '../../model/json.js';
import { payloadHash } from '../../model/payload-hash.js';
import type { ArtifactType } from '../../model/vocabulary.js';
import { artifactSlot } from '../media/media-slots.js';
import type { SlotResult } from '../media/read-media.js';
import { objectOf, oldObject, parsedOrText, quoted } from '../source/old-json.js';
import type { OldRow } from '../source/old-rows.js';
import { isUsableId, type PlanDraft } from './plan-draft.js';

type OldArtifact = OldRow<'artifacts'>;

/** Artifacts of the old tables, under their own ids and in their own states. */
export function planOldArtifacts(draft: PlanDraft): void {
  for (const row of draft.bundle.artifacts) {
    const id = row.artifact_id;
    if (!isUsableId(id)) {
      draft.problems.push(`artifact ${quoted(id)} has an id that cannot be kept`);
      continue;
    }
    draft.problems.push(...row.told);
    const slot = draft.media.get(artifactSlot(id));
    const artifact = draft.addArtifact({ id, ...oldArtifactFacts(draft, row, id, slot) });
    if (slot) draft.noteFile(slot, artifact);
  }
}

function oldArtifactFacts(draft: PlanDraft, row: OldArtifact, id: string, slot: SlotResult | undefined) {
  const stored = slot?.media.kind === 'stored' ? slot.media : null;
  const stated = statedDigest(row.content_hash);
  const content = stored && (stated === null || stated === stored.content.sha256) ? stored.content : null;
  const file = slot?.files.find(({ outcome }) => outcome === 'stored');
  if (stored && !content && file) {
    // The record keeps its word, and the bytes stay out.
    const reason = `the row says SHA-256 ${stated}, the file has ${stored.content.sha256}`;
    draft.files[draft.files.indexOf(file)] = { ...file, outcome: 'contradictory', reason };
  }
  const isOfBytes = content !== null && (row.artifact_type === null || stored?.contradicts);
  const type = (isOfBytes ? stored?.type : null) ?? row.artifact_type ?? 'json';
  const payload = oldPayload(draft, row, { id, type });
  const payloadsHash = payload === null ? null : payloadHash(payload);
  const isNothingElse = payload !== null && !stored && row.artifact_path === null;
  const isDisowned =
    row.content_hash !== null && (stated === null || (isNothingElse && stated !== payloadsHash));
  if (isDisowned && stated !== null)
    draft.problems.push(`artifact ${id} states the SHA-256 ${stated}, its payload has ${payloadsHash}`);
  const what = `the metadata of artifact ${id}`;
  const metadata = oldObject(row.metadata, metadataFor(type), { problems: draft.problems, what });
  const createdAt = row.created_at ?? draft.createdAt;
  return {
    type,
    lifecycleState: row.lifecycle_state ?? ('intermediate' as const),
    content,
    path: row.artifact_path,
    url: row.artifact_url,
    payload,
    contentHash: (isDisowned ? null : stated) ?? content?.sha256 ?? payloadsHash,
    metadata: {
      ...(content ? { ...stored?.facts } : {}),
      ...metadata,
      ...(isDisowned
        ? { custom: { ...objectOf(metadata?.custom ?? null), legacy_content_hash: row.content_hash } }
        : {}),
    },
    mimeType: content?.mimeType ?? row.mime_type,
    sizeBytes: content?.sizeBytes ?? row.file_size,
    description: row.description,
    safetyScore: row.safety_score,
    createdByAgent: row.created_by_agent,
    createdAt,
    storedAt: row.stored_at ?? createdAt,
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

function oldPayload(
  draft: PlanDraft,
  { artifact_payload: text }: OldArtifact,
  { id, type }: { id: string; type: ArtifactType },
): Json {
  if (text === null) return null;
  if (Buffer.byteLength(text) > maxPayloadBytes) {
    draft.problems.push(
      `artifact ${id} has a payload of ${Buffer.byteLength(text)} bytes, too long to be kept inline`,
    );
    return null;
  }
  const looksLikeJson = /^\s*[[{]/.test(text);
  const isMeantAsJson = type === 'json' || (type !== 'text' && looksLikeJson);
  const told = {
    problems: isMeantAsJson ? draft.problems : [],
    what: `the payload of artifact ${id}`,
  };
  const value = isMeantAsJson || looksLikeJson ? parsedOrText(text, told) : text;
  return typeof value === 'object' ? (value ?? text) : text;
}

function creatingStep(
  draft: PlanDraft,
  { created_by_step_id: stepId }: OldArtifact,
  id: string,
): string | null {
  if (stepId === null) return draft.importStepId;
  if (draft.steps.some((step) => step.id === stepId)) return stepId;
  draft.problems.push(
    `artifact ${id} names the step ${quoted(stepId)}, which is not among the steps of this ${draft.bundle.kind}`,
  );
  return draft.importStepId;
}
