import { z } from 'zod';
import { maxInt } from '../../model/exact-number.js';
import {
  artifactTypes,
  lifecycleStates,
  relationTypes,
  runStages,
  runStatuses,
  stepStatuses,
  storyRoles,
  workflowTypes,
} from '../../model/vocabulary.js';
import { textOf, type LegacyRow } from './legacy-row.js';
import { parseLegacyTime } from './legacy-time.js';
import { jsonTree, quoted } from './old-json.js';

/*
 * Columns by what they hold. Each takes the column's text, null where the row has none, or undefined where it turned out
 * to be unreadable; and gives null for both.
 */
const text = z
  .string()
  .nullish()
  .transform((given) => given ?? null);

/** @param wrong what is told of a text for which `read` gives null */
const column = <T>(wrong: string, read: (text: string) => T | null) =>
  text.transform((given, context): T | null => {
    const value = given === null ? null : read(given);
    if (given !== null && value === null) context.addIssue({ code: 'custom', message: wrong });
    return value;
  });

/** Milliseconds. */
const time = column('is not a time', (given) => parseLegacyTime(given)?.getTime() ?? null);

const score = column('is not a score from 0 to 1', (given) =>
  Number(given) >= 0 && Number(given) <= 1 ? Number(given) : null,
);

/** Text such as ' 12 ' counts, since PostgreSQL gives every value as text; a fraction or more than 2^53 does not. */
function wholeNumber(given: string): number | null {
  if (!/^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(given)) return null;
  return Number.isSafeInteger(Number(given)) ? Number(given) : null;
}

const count = (most: number) =>
  column(`is not a whole number from 0 to ${most}`, (given) => {
    const number = wholeNumber(given);
    return number !== null && number >= 0 && number <= most ? number : null;
  });

/** The word that a text means, in any case and with - or blanks for _. */
export function wordAmong<T extends string>(words: readonly T[], text: string): T | undefined {
  const plain = text
    .trim()
    .toLowerCase()
    .replace(/[-\s]+/g, '_');
  return words.find((word) => word.toLowerCase() === plain);
}

/** One of the words; a row without one is told as well. */
const word = <T extends string>(words: readonly T[]) =>
  z
    .string()
    .nullish()
    .transform((given, context): T | null => {
      const found = wordAmong(words, given ?? '');
      if (found === undefined && given !== undefined)
        context.addIssue({ code: 'custom', message: 'is unknown' });
      return found ?? null;
    });

/** 1, t, true, yes, y, on in any case are true. */
const flag = text.transform((given) =>
  given === null ? null : ['1', '1.0', 't', 'true', 'yes', 'y', 'on'].includes(given.trim().toLowerCase()),
);

const json = column('is not valid JSON; it is kept as text', jsonTree);

/** What is told of a row that could not be read as it is, and the texts of the columns that it is told of. */
interface Told {
  told: string[];
  unread: Record<string, string>;
  /** All columns as they are. */
  values: LegacyRow['values'];
}

/** The reader of one table. @param nameOf what the row is called where something is told of it */
function table<S extends z.ZodRawShape>(
  nameOf: (texts: Readonly<Record<string, string | null | undefined>>) => string,
  shape: S,
) {
  const schema = z.object(shape);
  return (row: LegacyRow): z.output<typeof schema> & Told => {
    const { values, damaged, uncomputed = [] } = row;
    const texts: Record<string, string | null | undefined> = {};
    for (const name of Object.keys(shape)) texts[name] = textOf(row, name);
    const unread: Record<string, string> = {};
    const told = [
      ...damaged.map((name) => `${name} is not valid UTF-8: wrong bytes are replaced by U+FFFD`),
      ...uncomputed.map((name) => `${name} is a generated column that cannot be computed for this row`),
    ];
    const { data, error } = schema.safeParse(texts);
    if (!error) return { ...data, told, unread, values };
    for (const { path, message } of error.issues) {
      const name = String(path[0]);
      const found = texts[name] ?? '';
      told.push(`${name} ${quoted(found)} of ${nameOf(texts)} ${message}`);
      unread[name] = found;
    }
    for (const name of Object.keys(unread)) texts[name] = undefined;
    return { ...schema.parse(texts), told, unread, values };
  };
}

const media = {
  image_path: text,
  image_url: text,
  audio_path: text,
  audio_url: text,
  video_path: text,
  video_url: text,
};

/** The tables of the old system, a reader for each: of every column that the import knows, what it means. */
export const readRow = {
  story: table(() => 'the story', {
    ...media,
    styled_image_path: text,
    styled_image_url: text,
    title: text,
    story_text: text,
    story_type: text,
    created_at: time,
    stored_at: time,
    safety_score: score,
    word_count: count(maxInt),
    themes: json,
    concepts: json,
    characters: json,
    analysis: json,
    current_run_id: text,
    cover_artifact_id: text,
    canonical_audio_id: text,
    canonical_video_id: text,
  }),
  session: table(() => 'the session', {
    story_title: text,
    status: text,
    audio_urls: text.transform((given) => (given === null ? null : jsonTree(given))),
    created_at: time,
    updated_at: time,
  }),
  segment: table(({ segment_id }) => `segment ${segment_id}`, {
    segment_id: text.transform((given) => (given === null ? null : wholeNumber(given))),
    text,
    audio_url: text,
    is_ending: text,
    choices: text,
    created_at: time,
  }),
  run: table(({ run_id }) => `run ${run_id}`, {
    run_id: text,
    session_id: text,
    workflow_type: word(workflowTypes),
    status: word(runStatuses),
    result_summary: text,
    created_at: time,
    started_at: time,
    completed_at: time,
  }),
  step: table(({ agent_step_id }) => `step ${agent_step_id}`, {
    agent_step_id: text,
    run_id: text,
    step_name: text,
    step_order: count(maxInt),
    status: word(stepStatuses),
    input_data: text,
    output_data: text,
    error_message: text,
    created_at: time,
    completed_at: time,
  }),
  artifact: table(({ artifact_id }) => `artifact ${artifact_id}`, {
    artifact_id: text,
    artifact_type: word(artifactTypes),
    lifecycle_state: word(lifecycleStates),
    content_hash: text,
    artifact_path: text,
    artifact_url: text,
    artifact_payload: text,
    metadata: text,
    mime_type: text,
    file_size: count(Number.MAX_SAFE_INTEGER),
    description: text,
    safety_score: score,
    created_by_agent: text,
    created_by_step_id: text,
    created_at: time,
    stored_at: time,
  }),
  link: table(({ artifact_id }) => `the link of ${artifact_id}`, {
    link_id: text,
    artifact_id: text,
    role: word(storyRoles),
    is_primary: flag,
    position: count(maxInt),
    created_at: time,
    updated_at: time,
  }),
  runLink: table(({ run_id, artifact_id }) => `the link of run ${run_id} and artifact ${artifact_id}`, {
    link_id: text,
    run_id: text,
    artifact_id: text,
    stage: word(runStages),
    created_at: time,
  }),
  relation: table(({ relation_id }) => `relation ${relation_id}`, {
    relation_id: text,
    from_artifact_id: text,
    to_artifact_id: text,
    relation_type: word(relationTypes),
    metadata: text,
    created_at: time,
  }),
};

export type OldRow<K extends keyof typeof readRow> = ReturnType<(typeof readRow)[K]>;
