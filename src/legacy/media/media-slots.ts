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

/** How strongly a link claims to be its role's primary: the least number wins. */
export const claims = { namedByStory: 0, oldPrimary: 1, storyColumn: 2, forWantOfBetter: 3, none: 4 };

/** A medium that a story's (or a session's) own columns tell of, and what it is in the story. */
export interface StoryMedium extends MediaSlot {
  type: ArtifactType;
  role: StoryRole;
  description: string;
  /** One of `claims`; none where nothing is said. */
  claim?: number;
  position?: number | null;
  path?: string | null;
  url?: string | null;
  /** Milliseconds; the story's own time when there is none. */
  createdAt?: number | null;
  safetyScore?: number | null;
  custom?: Json;
  /** The slot that it was made from. */
  source?: { slot: string; type: RelationType };
  /** What of its row could not be taken over as it was. */
  told?: string[];
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
  references: [],
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

/**
 * The text and the audio of each segment of an interactive story, in order; the audio was made from the text. A place is
 * the segment's number, made unique where a number occurs twice. A segment without an audio address of its own has the
 * one that its session lists for it; audio that the session lists for a segment without a row comes last, without text.
 */
function segmentMedia({ session, segments }: OldBundle): StoryMedium[] {
  const listed = new Map(urlsByPlace(session?.audio_urls));
  const times = new Map<string, number>();
  const sorted = [...segments].sort((a, b) => (a.segment_id ?? Infinity) - (b.segment_id ?? Infinity));
  const placed = sorted.map((row) => {
    const base = row.segment_id === null ? 'unnumbered' : String(row.segment_id);
    const count = (times.get(base) ?? 0) + 1;
    times.set(base, count);
    const first = count === 1 && row.segment_id !== null;
    const audioUrl = row.audio_url ?? (first ? (listed.get(base) ?? null) : null);
    return { place: first ? base : `${base}#${count}`, row, audioUrl };
  });
  const rest = [...listed].filter(([place]) => !times.has(place));
  const all = [...placed, ...rest.map(([place, audioUrl]) => ({ place, row: null, audioUrl }))];
  return all.flatMap(({ place, row, audioUrl }, position) => {
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
