import { maxInt } from '../../model/exact-number.js';
import { canonicalJson } from '../../model/json.js';
import type { StoryProperty } from './import-plan.js';
import { jsonColumn, jsonColumnOrEmpty, textMember, type LegacyBundle } from '../source/legacy-bundle.js';
import { textOf, type LegacyRow } from '../source/legacy-row.js';
import { isTooLongInline } from '../media/media-slots.js';
import { countOf, cutAndTold, scoreOf, type Problems } from '../source/read-columns.js';

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

const fieldNames = new Map<string, string>();

function camelCase(column: string): string {
  let name = fieldNames.get(column);
  if (name === undefined) {
    name = column.replace(/[^a-z0-9]+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
    fieldNames.set(column, name);
  }
  return name;
}

/** The old row's fields under their old names in camelCase; a value of another kind than its column says is reported. */
export function planStoryFields({ story }: LegacyBundle, problems: Problems): Record<string, StoryProperty> {
  const fields: Record<string, StoryProperty> = {};
  for (const [column, value] of Object.entries(story.values)) {
    if (value === null || elsewhere.has(column)) continue;
    if (typeof value === 'string' && isTooLongInline(value)) {
      if (column !== 'story_text') problems.sentences.push(`${column} is too long to be kept`);
      continue;
    }
    fields[camelCase(column)] = typeof value === 'number' && !isNumeric(column) ? String(value) : value;
  }
  const score = scoreOf(story, 'safety_score', problems);
  if (score !== null) fields.safetyScore = score;
  const words = countOf(story, 'word_count', maxInt, { problems, what: 'the story' });
  if (words !== null) fields.wordCount = words;
  else if (textOf(story, 'word_count') !== null) problems.raw.word_count = textOf(story, 'word_count') ?? '';
  for (const column of ['themes', 'concepts', 'characters', 'analysis'])
    reportBrokenJson(story, column, problems);
  if (Object.keys(problems.raw).length > 0) fields.unparsed = canonicalJson(problems.raw);
  return fields;
}

/** Columns that a newer version may have added hold what they hold; the known text columns hold text. */
function isNumeric(column: string): boolean {
  return !/(_id|_text|_type|_path|_url|_group|_at|themes|concepts|moral|characters|analysis)$/.test(column);
}

function reportBrokenJson(row: LegacyRow, column: string, problems: Problems): void {
  if (jsonColumn(row, column) === 'broken')
    problems.sentences.push(`${column} is not valid JSON; it is kept as text`);
}

/** The story's title, wherever its kind of story has one. */
export function titleOf({ story, session }: LegacyBundle, problems: Problems): string | null {
  const analysis = jsonColumnOrEmpty(story, 'analysis');
  const found =
    textOf(story, 'title') ??
    textMember(analysis, 'title') ??
    textMember(analysis, 'kid_title') ??
    textMember(analysis, 'story_title') ??
    (session ? textOf(session, 'story_title') : null);
  return found === null ? null : cutAndTold(found, 1000, { problems, what: 'the title' });
}
