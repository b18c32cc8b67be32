import { canonicalJson } from '../../model/json.js';
import { isTooLongInline } from '../media/media-slots.js';
import type { OldBundle } from '../source/legacy-bundle.js';
import { objectOf, textMember } from '../source/old-json.js';
import type { StoryProperty } from './import-plan.js';

/** Columns with a place of their own in the model, or none: artifacts and runs are linked, not named by the story. */
const elsewhere = new Set([
  'id',
  'story_id',
  'title',
  'created_at',
  'stored_at',
  'safety_score',
  'word_count',
  'cover_artifact_id',
  'canonical_audio_id',
  'canonical_video_id',
  'current_run_id',
]);

const camelCase = (column: string) =>
  column.replace(/[^a-z0-9]+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** The old row's fields under their old names in camelCase; what cannot be read is kept in `unparsed`. */
export function planStoryFields({ story }: OldBundle, problems: string[]): Record<string, StoryProperty> {
  problems.push(...story.told);
  const fields: Record<string, StoryProperty> = {};
  for (const [column, value] of Object.entries(story.values)) {
    if (value === null || elsewhere.has(column)) continue;
    if (typeof value === 'string' && isTooLongInline(value)) {
      if (column !== 'story_text') problems.push(`${column} is too long to be kept`);
      continue;
    }
    fields[camelCase(column)] = typeof value === 'number' && !isNumeric(column) ? String(value) : value;
  }
  if (story.safety_score !== null) fields.safetyScore = story.safety_score;
  if (story.word_count !== null) fields.wordCount = story.word_count;
  const unparsed = Object.entries(story.unread).filter(([column]) => elsewhere.has(column));
  if (unparsed.length > 0) fields.unparsed = canonicalJson(Object.fromEntries(unparsed));
  return fields;
}

/** Columns that a newer version may have added hold what they hold; the known text columns hold text. */
function isNumeric(column: string): boolean {
  return !/(_id|_text|_type|_path|_url|_group|_at|themes|concepts|moral|characters|analysis)$/.test(column);
}

/** The story's title, wherever its kind of story has one. */
export function titleOf({ story, session }: OldBundle): string | null {
  const analysis = objectOf(story.analysis);
  const inAnalysis = ['title', 'kid_title', 'story_title'].map((name) => textMember(analysis, name));
  return (
    [story.title, ...inAnalysis, session?.story_title].find((title) => typeof title === 'string') ?? null
  );
}
