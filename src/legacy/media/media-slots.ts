import { maxPayloadBytes } from '../../model/artifact.js';
import type { Json } from '../../model/json.js';
import { jsonColumn, jsonColumnOrEmpty, textMember, type LegacyBundle } from '../source/legacy-bundle.js';
import { emptyRow, textOf, wholeNumberOf, type LegacyRow } from '../source/legacy-row.js';

export type SlotFamily = 'image' | 'audio' | 'video' | 'text';

/** A place in the old rows that holds media: by references, the likeliest first, or by its own text. */
export interface MediaSlot {
  /** Unique within the bundle and stable: ids are made from it. */
  name: string;
  family: SlotFamily | null;
  references: string[];
  /** Text too long to be kept inline; it goes to the content store. */
  text?: string;
}

const references = (...found: (string | null)[]) => [
  ...new Set(found.filter((reference) => reference !== null)),
];

/** The slot of an artifact of the old artifact tables. */
export const artifactSlot = (id: string) => `artifact:${id}`;
export const segmentSlot = (what: 'text' | 'audio', place: string) => `segment_${what}:${place}`;
export const lineSlot = (place: string) => `line:${place}`;
export const sceneSlot = (place: number) => `scene:${place}`;

/** Every place of the bundle that holds media, those that hold nothing left out. */
export function mediaSlots(bundle: LegacyBundle): MediaSlot[] {
  return [...artifactSlots(bundle), ...storySlots(bundle), ...segmentSlots(bundle)].filter(
    ({ references, text }) => references.length > 0 || text !== undefined,
  );
}

function artifactSlots({ artifacts }: LegacyBundle): MediaSlot[] {
  return artifacts.map((row) => {
    const type = textOf(row, 'artifact_type')?.toLowerCase();
    const family = type === 'image' || type === 'audio' || type === 'video' || type === 'text' ? type : null;
    const found = references(textOf(row, 'artifact_path'), textOf(row, 'artifact_url'));
    return { name: artifactSlot(textOf(row, 'artifact_id') ?? ''), family, references: found };
  });
}

function storySlots({ story }: LegacyBundle): MediaSlot[] {
  const analysis = jsonColumnOrEmpty(story, 'analysis');
  const text = textOf(story, 'story_text');
  return [
    {
      name: 'cover',
      family: 'image',
      references: references(textOf(story, 'image_path'), textOf(story, 'image_url')),
    },
    {
      name: 'styled_cover',
      family: 'image',
      references: references(
        textOf(story, 'styled_image_path'),
        textOf(story, 'styled_image_url'),
        textMember(analysis, 'styled_image'),
        textMember(analysis, 'styled_image_path'),
        textMember(analysis, 'styled_image_url'),
      ),
    },
    {
      name: 'narration',
      family: 'audio',
      references: references(textOf(story, 'audio_path'), textOf(story, 'audio_url')),
    },
    {
      name: 'video',
      family: 'video',
      references: references(
        textOf(story, 'video_path'),
        textOf(story, 'video_url'),
        textMember(analysis, 'video_path'),
        textMember(analysis, 'video_url'),
      ),
    },
    ...audioLines(story).map(({ place, url }): MediaSlot => ({
      name: lineSlot(place),
      family: 'audio',
      references: [url],
    })),
    ...sceneReferences(analysis).map((found, place): MediaSlot => ({
      name: sceneSlot(place),
      family: 'image',
      references: found,
    })),
    ...(text !== null && isTooLongInline(text)
      ? [{ name: 'text', family: 'text' as const, references: [], text }]
      : []),
  ];
}

function segmentSlots(bundle: LegacyBundle): MediaSlot[] {
  return placedSegments(bundle).flatMap(({ place, text, audioUrl }): MediaSlot[] => [
    { name: segmentSlot('audio', place), family: 'audio', references: references(audioUrl) },
    ...(text !== null && isTooLongInline(text)
      ? [{ name: segmentSlot('text', place), family: 'text' as const, references: [], text }]
      : []),
  ]);
}

export function isTooLongInline(text: string): boolean {
  return text.length > maxPayloadBytes / 3 && Buffer.byteLength(text) > maxPayloadBytes;
}

const byPlace = (a: { place: string }, b: { place: string }) =>
  a.place.localeCompare(b.place, 'en', { numeric: true, sensitivity: 'variant' });

/** The lines of a news story in their order: `analysis.audio_urls` as an object by number, or as an array. */
export function audioLines(story: LegacyRow): { place: string; url: string }[] {
  return urlsByPlace(jsonColumnOrEmpty(story, 'analysis').audio_urls ?? null);
}

function urlsByPlace(value: Json): { place: string; url: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value)
    .flatMap(([place, url]) => (typeof url === 'string' && url.trim() !== '' ? [{ place, url }] : []))
    .sort(byPlace);
}

function sceneReferences(analysis: Record<string, Json>): string[][] {
  const scenes = analysis.scene_images;
  if (!Array.isArray(scenes)) return [];
  return scenes.flatMap((scene) => {
    if (typeof scene === 'string' && scene.trim() !== '') return [[scene]];
    if (typeof scene !== 'object' || scene === null || Array.isArray(scene)) return [];
    const names = ['path', 'image_path', 'url', 'image_url'];
    const found = references(...names.map((name) => textMember(scene, name)));
    return found.length > 0 ? [found] : [];
  });
}

/** One part of an interactive story. `place` is its number in the session, made unique where a number occurs twice. */
export interface PlacedSegment {
  place: string;
  position: number;
  row: LegacyRow;
  text: string | null;
  audioUrl: string | null;
}

/**
 * The segments in order. A segment without an audio address of its own has the one that its session lists for it;
 * audio that the session lists for a segment that has no row comes after them, without text.
 */
export function placedSegments({ session, segments }: LegacyBundle): PlacedSegment[] {
  const listed = new Map(
    session ? urlsByPlace(sessionAudio(session)).map(({ place, url }) => [place, url]) : [],
  );
  const numbered = segments.map((row, index) => ({ row, index, number: wholeNumberOf(row, 'segment_id') }));
  numbered.sort((a, b) => (a.number ?? Infinity) - (b.number ?? Infinity) || a.index - b.index);
  const times = new Map<string, number>();
  const placed = numbered.map(({ row, number }): Omit<PlacedSegment, 'position'> => {
    const base = number === null ? 'unnumbered' : String(number);
    const count = (times.get(base) ?? 0) + 1;
    times.set(base, count);
    const first = count === 1 && number !== null;
    const audioUrl = textOf(row, 'audio_url') ?? (first ? (listed.get(base) ?? null) : null);
    return { place: first ? base : `${base}#${count}`, row, text: textOf(row, 'text'), audioUrl };
  });
  for (const [place, audioUrl] of listed) {
    if (!times.has(place)) placed.push({ place, row: emptyRow, text: null, audioUrl });
  }
  return placed.map((segment, position) => ({ ...segment, position }));
}

function sessionAudio(session: LegacyRow): Json {
  const value = jsonColumn(session, 'audio_urls');
  return value === 'broken' ? null : value;
}
