import { payloadHash } from '../../model/payload-hash.js';
import { codePoints } from '../../model/text.js';
import { claims, storyMedia, type StoryMedium } from '../media/media-slots.js';
import type { StoredContent } from '../media/read-media.js';
import type { PlannedArtifact } from './import-plan.js';
import type { PlanDraft } from './plan-draft.js';

/** Text, covers, narration, lines, scenes and video of a story, linked by role, with the lineage among them. */
export function planStoryMedia(draft: PlanDraft): void {
  const bySlot = new Map<string, PlannedArtifact>();
  for (const medium of storyMedia(draft.bundle)) {
    const artifact =
      medium.text === undefined ? addMedia(draft, medium) : addText(draft, medium, medium.text);
    draft.problems.push(...(medium.told ?? []));
    if (!artifact) continue;
    bySlot.set(medium.name, artifact);
    const { role, claim = claims.none, position = null } = medium;
    draft.addLink(artifact, { role, claim, position });
    const source = medium.source && bySlot.get(medium.source.slot);
    if (medium.source && source && !hasOtherSource(draft, artifact, medium))
      draft.addRelation(artifact, medium.source.type, source);
  }
}

/** Audio that an old artifact row or a segment has already given a source keeps that one. */
function hasOtherSource(
  { relations }: PlanDraft,
  { id, type }: PlannedArtifact,
  { source }: StoryMedium,
): boolean {
  if (source?.type !== 'DERIVED_FROM') return false;
  return type === 'text' || relations.some(({ productId }) => productId === id);
}

/** What both kinds of media take from their slot. What belongs to no saved story is a candidate. */
function factsOf(draft: PlanDraft, { name, description, createdAt, safetyScore }: StoryMedium) {
  return {
    id: draft.idOf(name),
    description,
    safetyScore,
    createdAt: createdAt ?? draft.createdAt,
    lifecycleState: draft.bundle.kind === 'story' ? ('published' as const) : ('candidate' as const),
  };
}

/** What an artifact has of its bytes. */
const bytesOf = (content: StoredContent) => ({
  content,
  contentHash: content.sha256,
  sizeBytes: content.sizeBytes,
  mimeType: content.mimeType,
});

/** A text as an artifact: inline, or as content when it is too long for that. */
function addText(draft: PlanDraft, medium: StoryMedium, text: string): PlannedArtifact {
  const media = draft.media.get(medium.name)?.media;
  return draft.addArtifact({
    ...factsOf(draft, medium),
    type: 'text',
    ...(media?.kind === 'stored'
      ? bytesOf(media.content)
      : {
          payload: text,
          contentHash: payloadHash(text),
          sizeBytes: Buffer.byteLength(text),
          mimeType: 'text/plain',
        }),
    metadata: {
      character_count: codePoints(text),
      ...(medium.custom === undefined ? {} : { custom: medium.custom }),
    },
  });
}

/** The artifact of a slot: a new one, or the one that another slot made of the same file; null where there are no bytes. */
function addMedia(draft: PlanDraft, medium: StoryMedium): PlannedArtifact | null {
  const result = draft.media.get(medium.name);
  const twin = result && draft.twinOf(result);
  if (!result || twin) return twin ?? null;
  const { media } = result;
  if (media.kind === 'none') return null;
  const stored = media.kind === 'stored' ? media : null;
  const artifact = draft.addArtifact({
    ...factsOf(draft, medium),
    type: stored?.type ?? medium.type,
    ...(stored ? { ...bytesOf(stored.content), metadata: { ...stored.facts } } : {}),
    path: fitting(medium.path, 4096),
    url: fitting(media.kind === 'remote' ? media.url : medium.url, 8192),
  });
  draft.noteFile(result, artifact);
  return artifact;
}

/** A reference as a fact of the artifact; an inline image is not one, its bytes are. */
function fitting(reference: string | null | undefined, most: number): string | null {
  return reference && reference.length <= most && !/^\s*data:/i.test(reference) ? reference : null;
}
