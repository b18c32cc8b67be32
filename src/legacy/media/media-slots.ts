import { maxPayloadBytes } from '../../model/artifact.js';
import type { Json } from '../../model/json.js';
import { typesOfRole, type ArtifactType, type RelationType, type StoryRole } from '../../model/vocabulary.js';
import type { OldBundle } from '../source/legacy-bundle.js';
import { objectOf, parsedOrText, textMember } from '../source/old-json.js';
import type { OldRow } from '../source/old-rows.js';

/** A place in the old rows that holds media: by references, the likeliest first, or by its own text. */
export interface MediaSlot {
  /** Unique within the bundle and stable: ids are made from it. */
  name: string;
  /** What its column says that it is; null where it says nothing of use. */
  type: ArtifactType | null;
  references: string[];
  /** Inline, unless it is too long for that: then it goes to the content store. */
  text?: string;
}

/** How strongly a link claims to be its role's primary: the least number wins; null never is. */
export type PrimaryClaim = 0 | 1 | 2 | 3 | null;
export const claims = { namedByStory: 0, oldPrimary: 1, storyColumn: 2, forWantOfBetter: 3 } as const;

/** A medium that a story's (or a session's) own columns tell of, and what it is in the story. */
export interface StoryMedium extends MediaSlot {
  type: ArtifactType;
  role: StoryRole;
  claim: PrimaryClaim;
  position: number | null;
  description: string;
  path: string | null;
  url: string | null;
  /** Milliseconds; the story's own time when null. */
  createdAt: number | null;
  safetyScore: number | null;
  custom: Json;
  /** The slot that it was made from. */
  source: { slot: string; type: RelationType } | null;
  /** What of its row could not be taken over as it was. */
  told: string[];
}

/** Its type is the one that its role takes first. */
const medium = (
  name: string,
  role: StoryRole,
  description: string,
  more: Partial<StoryMedium>,
): StoryMedium => ({
  name,
  type: typesOfRole[role][0] ?? 'json',
  role,
  description,
  claim: null,
  position: null,
  references: [],
  path: null,
  url: null,
  createdAt: null,
  safetyScore: null,
  custom: null,
  source: null,
  told: [],
  ...more,
});

const distinct = (...found: (string | null | undefined)[]): string[] => [
  ...new Set(found.filter((reference) => typeof reference === 'string')),
];

/** Where a medium is; others are further names of the same. */
const at = (path: string | null, url: string | null, ...others: (string | null)[]) => ({
  path,
  url,
  references: distinct(path, url, ...others),
});

export const artifactSlot = (id: string | null) => `artifact:${id ?? ''}`;

/** Every place of the bundle whose bytes are to be read, those that hold nothing left out. */
export function mediaSlots(bundle: OldBundle): MediaSlot[] {
  const ofArtifacts = bundle.artifacts.map((row): MediaSlot => {
    const type = row.artifact_type === 'json' ? null : row.artifact_type;
    const references = distinct(row.artifact_path, row.artifact_url);
    return { name: artifactSlot(row.artifact_id), type, references };
  });
  return [...ofArtifacts, ...storyMedia(bundle)].filter(
    ({ references, text }) => references.length > 0 || (text !== undefined && isTooLongInline(text)),
  );
}

export function isTooLongInline(text: string): boolean {
  return text.length > maxPayloadBytes / 3 && Buffer.byteLength(text) > maxPayloadBytes;
}

const narrates = (slot: string) => ({ slot, type: 'DERIVED_FROM' as const });

/** The media of the bundle's own columns: each source before what was made from it. */
export function storyMedia(bundle: OldBundle): StoryMedium[] {
  const { story } = bundle;
  const analysis = objectOf(story.analysis);
  const own = (name: string) => textMember(analysis, name);
  const claim = claims.storyColumn;
  const [text, safetyScore] = [story.story_text, story.safety_score];
  return [
    ...(text === null ? [] : [medium('text', 'story_text', 'Story text', { claim, safetyScore, text })]),
    medium('cover', 'cover', 'Cover', { ...at(story.image_path, story.image_url), claim }),
    medium('styled_cover', 'cover', 'Styled cover', {
      ...at(
        story.styled_image_path,
        story.styled_image_url,
        ...['styled_image', 'styled_image_path', 'styled_image_url'].map(own),
      ),
      path: story.styled_image_path ?? own('styled_image'),
      claim: claims.forWantOfBetter,
      position: 1,
      source: { slot: 'cover', type: 'VARIANT_OF' },
    }),
    ...segmentMedia(bundle),
    medium('narration', 'final_audio', 'Narration', {
      ...at(story.audio_path, story.audio_url),
      claim,
      source: narrates('text'),
    }),
    ...urlsByPlace(analysis.audio_urls).map(([place, url]) =>
      medium(`line:${place}`, 'final_audio', `Line ${place}`, {
        ...at(null, url),
        position: /^\d{1,9}$/.test(place) ? Number(place) : null,
        source: narrates('text'),
      }),
    ),
    ...sceneReferences(analysis).map((references, position) =>
      medium(`scene:${position}`, 'scene_image', `Scene ${position + 1}`, { references, position }),
    ),
    medium('video', 'final_video', 'Video', {
      ...at(story.video_path, story.video_url, own('video_path'), own('video_url')),
      claim,
    }),
  ];
}

/** Each segment's text and audio, in order; the audio was made from the text. */
function segmentMedia(bundle: OldBundle): StoryMedium[] {
  return placedSegments(bundle).flatMap(({ place, position, row, audioUrl }) => {
    const slot = `segment_text:${place}`;
    const told = [...(row?.told ?? [])];
    const common = { position, createdAt: row?.created_at ?? null, told };
    const audio = medium(`segment_audio:${place}`, 'final_audio', `Audio of segment ${place}`, {
      ...common,
      ...at(null, audioUrl),
      source: narrates(slot),
    });
    if (row === null || row.text === null) return [audio];
    const facts = { ...common, text: row.text, custom: segmentFacts(place, row, told) };
    return [medium(slot, 'story_text', `Text of segment ${place}`, facts), audio];
  });
}

function segmentFacts(place: string, { is_ending, choices }: OldRow<'segments'>, problems: string[]): Json {
  const what = `choices of segment ${place}`;
  return {
    segment: place,
    ...(is_ending === null ? {} : { is_ending }),
    ...(choices === null ? {} : { choices: parsedOrText(choices, { problems, what }) }),
  };
}

/** Addresses by number, as an object or an array, in their order. */
function urlsByPlace(value: Json | undefined): [place: string, url: string][] {
  return Object.entries(typeof value === 'object' && value !== null ? value : {})
    .flatMap(([place, url]): [string, string][] =>
      typeof url === 'string' && url.trim() !== '' ? [[place, url]] : [],
    )
    .sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true, sensitivity: 'variant' }));
}

function sceneReferences(analysis: Record<string, Json>): string[][] {
  const scenes = Array.isArray(analysis.scene_images) ? analysis.scene_images : [];
  const names = ['path', 'image_path', 'url', 'image_url'];
  return scenes
    .map((scene) =>
      typeof scene === 'string'
        ? distinct(scene.trim() === '' ? null : scene)
        : distinct(...names.map((name) => textMember(objectOf(scene), name))),
    )
    .filter((references) => references.length > 0);
}

/** One part of an interactive story. `place` is its number in the session, made unique where a number occurs twice. */
interface PlacedSegment {
  place: string;
  position: number;
  /** null for audio that only the session tells of. */
  row: OldRow<'segments'> | null;
  audioUrl: string | null;
}

/**
 * The segments in order. A segment without an audio address of its own has the one that its session lists for it;
 * audio that the session lists for a segment that has no row comes after them, without text.
 */
function placedSegments({ session, segments }: OldBundle): PlacedSegment[] {
  const listed = new Map(urlsByPlace(session?.audio_urls ?? null));
  const numbered = segments.map((row, index) => ({ row, index, number: row.segment_id }));
  numbered.sort((a, b) => (a.number ?? Infinity) - (b.number ?? Infinity) || a.index - b.index);
  const times = new Map<string, number>();
  const placed = numbered.map(({ row, number }): Omit<PlacedSegment, 'position'> => {
    const base = number === null ? 'unnumbered' : String(number);
    const count = (times.get(base) ?? 0) + 1;
    times.set(base, count);
    const first = count === 1 && number !== null;
    const audioUrl = row.audio_url ?? (first ? (listed.get(base) ?? null) : null);
    return { place: first ? base : `${base}#${count}`, row, audioUrl };
  });
  for (const [place, audioUrl] of listed) if (!times.has(place)) placed.push({ place, row: null, audioUrl });
  return placed.map((segment, position) => ({ ...segment, position }));
}
