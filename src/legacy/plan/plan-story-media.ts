import type { ArtifactType, StoryRole } from '../../model/vocabulary.js';
import type { Json } from '../../model/json.js';
import { payloadHash } from '../../model/payload-hash.js';
import type { PlannedArtifact } from './import-plan.js';
import { jsonColumnOrEmpty, textMember } from '../source/legacy-bundle.js';
import { textOf, type LegacyRow } from '../source/legacy-row.js';
import {
  audioLines,
  lineSlot,
  placedSegments,
  sceneSlot,
  segmentSlot,
  type PlacedSegment,
} from '../media/media-slots.js';
import {
  addArtifact,
  addLink,
  addRelation,
  claims,
  draftId,
  rememberIdentities,
  type PlanDraft,
  type PrimaryClaim,
} from './plan-draft.js';
import { parsedOrText, timeOf, type Problems } from '../source/read-columns.js';

/** The text of a story as an artifact: inline, or as content when it is too long for that. */
function addText(
  draft: PlanDraft,
  slot: string,
  text: string | null,
  facts: Partial<PlannedArtifact> & { metadata?: never; custom?: Json },
): PlannedArtifact | null {
  if (text === null) return null;
  const { custom, ...rest } = facts;
  const media = draft.media.get(slot)?.media;
  const content = media?.kind === 'stored' ? media.content : null;
  return addArtifact(draft, {
    id: draftId(draft, slot),
    type: 'text',
    ...(content
      ? { content, contentHash: content.sha256, sizeBytes: content.sizeBytes }
      : { payload: text, contentHash: payloadHash(text), sizeBytes: Buffer.byteLength(text) }),
    mimeType: 'text/plain',
    metadata: { character_count: characters(text), ...(custom === undefined ? {} : { custom }) },
    ...rest,
  });
}

/** Code points, as the content probe counts them. */
function characters(text: string): number {
  let count = text.length;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= 0xd800 && unit < 0xdc00) count--;
  }
  return count;
}

interface MediaFacts {
  slot: string;
  expected: ArtifactType;
  description: string;
  path: string | null;
  url: string | null;
  createdAt?: number;
}

/** The artifact of a slot: a new one, or the one that another slot made of the same file; null where there are no bytes. */
function addMedia(draft: PlanDraft, { slot, expected, ...facts }: MediaFacts): PlannedArtifact | null {
  const result = draft.media.get(slot);
  if (!result) return null;
  const twin = result.identities
    .map((identity) => draft.byIdentity.get(identity))
    .find((found) => found !== undefined);
  if (twin) return twin;
  if (result.media.kind === 'none') return null;
  const stored = result.media.kind === 'stored' ? result.media : null;
  const artifact = addArtifact(draft, {
    id: draftId(draft, slot),
    type: stored?.type ?? expected,
    ...(stored
      ? {
          content: stored.content,
          contentHash: stored.content.sha256,
          sizeBytes: stored.content.sizeBytes,
          mimeType: stored.content.mimeType,
          metadata: { ...stored.facts },
        }
      : {}),
    ...facts,
    path: fitting(facts.path, 4096),
    url: fitting(result.media.kind === 'remote' ? result.media.url : facts.url, 8192),
  });
  if (stored?.contradicts && stored.type === null) draft.misfits.add(artifact.id);
  rememberIdentities(draft, result.identities, artifact);
  return artifact;
}

/** A reference as a fact of the artifact; an inline image is not one, its bytes are. */
function fitting(reference: string | null, most: number): string | null {
  return reference !== null && reference.length <= most && !/^\s*data:/i.test(reference) ? reference : null;
}

/** Text, covers, narration, lines, scenes and video of a story, linked by role, with the lineage among them. */
export function planStoryMedia(draft: PlanDraft): void {
  const { story } = draft.bundle;
  const text = addText(draft, 'text', textOf(story, 'story_text'), {
    description: 'Story text',
    safetyScore: scoreWithin(story),
  });
  link(draft, text, 'story_text', { claim: claims.storyColumn });
  planCovers(draft);
  planSegments(draft, 'published');
  const narration = addInRole(
    draft,
    'final_audio',
    { slot: 'narration', expected: 'audio', description: 'Narration', ...referencesIn(story, 'audio') },
    { claim: claims.storyColumn },
  );
  narrates(draft, narration, text);
  planLines(draft, text);
  planScenes(draft);
  addInRole(
    draft,
    'final_video',
    { slot: 'video', expected: 'video', description: 'Video', ...referencesIn(story, 'video') },
    { claim: claims.storyColumn },
  );
}

/** What the story's own columns say of one medium. */
const referencesIn = (story: LegacyRow, medium: string) => ({
  path: textOf(story, `${medium}_path`),
  url: textOf(story, `${medium}_url`),
});

function planCovers(draft: PlanDraft): void {
  const { story } = draft.bundle;
  const cover = addInRole(
    draft,
    'cover',
    { slot: 'cover', expected: 'image', description: 'Cover', ...referencesIn(story, 'image') },
    { claim: claims.storyColumn },
  );
  const { path, url } = referencesIn(story, 'styled_image');
  const inAnalysis = textMember(jsonColumnOrEmpty(story, 'analysis'), 'styled_image');
  const styled = addInRole(
    draft,
    'cover',
    { slot: 'styled_cover', expected: 'image', description: 'Styled cover', path: path ?? inAnalysis, url },
    { claim: claims.forWantOfBetter, position: 1 },
  );
  addRelation(draft, styled, 'VARIANT_OF', cover);
}

/** The lines of a news story, read from its text. */
function planLines(draft: PlanDraft, text: PlannedArtifact | null): void {
  for (const { place, url } of audioLines(draft.bundle.story)) {
    const line = addInRole(
      draft,
      'final_audio',
      { slot: lineSlot(place), expected: 'audio', description: `Line ${place}`, path: null, url },
      { position: positionOf(place) },
    );
    narrates(draft, line, text);
  }
}

function planScenes(draft: PlanDraft): void {
  for (let place = 0; draft.media.has(sceneSlot(place)); place++) {
    addInRole(
      draft,
      'scene_image',
      { slot: sceneSlot(place), expected: 'image', description: `Scene ${place + 1}`, path: null, url: null },
      { position: place },
    );
  }
}

/** Each segment's text and audio, in order; the audio was made from the text. */
export function planSegments(draft: PlanDraft, lifecycleState: 'published' | 'candidate'): void {
  for (const segment of placedSegments(draft.bundle)) {
    const createdAt = timeOf(segment.row, 'created_at', draft.problems) ?? draft.createdAt;
    const text = addText(draft, segmentSlot('text', segment.place), segment.text, {
      description: `Text of segment ${segment.place}`,
      lifecycleState,
      createdAt,
      custom: segmentFacts(segment, draft.problems),
    });
    link(draft, text, 'story_text', { position: segment.position });
    const audio = addMedia(draft, {
      slot: segmentSlot('audio', segment.place),
      expected: 'audio',
      description: `Audio of segment ${segment.place}`,
      path: null,
      url: segment.audioUrl,
      createdAt,
    });
    if (audio && lifecycleState === 'candidate') audio.lifecycleState = lifecycleState;
    link(draft, audio, 'final_audio', { position: segment.position });
    narrates(draft, audio, text);
  }
}

function segmentFacts({ place, row }: PlacedSegment, problems: Problems): Json {
  const facts = { segment: place, is_ending: textOf(row, 'is_ending'), choices: textOf(row, 'choices') };
  return Object.fromEntries(
    Object.entries(facts)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => [
        name,
        name === 'choices' && value !== null
          ? parsedOrText(value, { problems, what: `choices of segment ${place}` })
          : value,
      ]),
  );
}

/** Audio that an old artifact row or a segment has already given a source keeps that one. */
function narrates(draft: PlanDraft, audio: PlannedArtifact | null, text: PlannedArtifact | null): void {
  const hasSource = draft.relations.some(({ productId }) => productId === audio?.id);
  if (!hasSource && audio?.type !== 'text') addRelation(draft, audio, 'DERIVED_FROM', text);
}

function link(
  draft: PlanDraft,
  artifact: PlannedArtifact | null,
  role: StoryRole,
  { claim = null, position = null }: { claim?: PrimaryClaim; position?: number | null },
): void {
  if (artifact) addLink(draft, artifact, role, { claim, position });
}

function addInRole(
  draft: PlanDraft,
  role: StoryRole,
  facts: MediaFacts,
  options: Parameters<typeof link>[3],
): PlannedArtifact | null {
  const artifact = addMedia(draft, facts);
  link(draft, artifact, role, options);
  return artifact;
}

/** A line's number, where its name is one. */
function positionOf(place: string): number | null {
  return /^\d{1,9}$/.test(place) ? Number(place) : null;
}

/** Reported with the story's own fields. */
function scoreWithin(story: LegacyRow): number | null {
  const score = Number(textOf(story, 'safety_score') ?? NaN);
  return score >= 0 && score <= 1 ? score : null;
}
