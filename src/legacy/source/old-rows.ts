import { maxInt } from '../../model/exact-number.js';
import type { Json } from '../../model/json.js';
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
import { jsonTree, quoted, readOldJson } from './old-json.js';

/**
 * What a column's text means; null where the row has no text in it, or one that cannot be read.
 * @param tell is told what is wrong with a text that cannot be read
 */
type Column<T> = (given: string | null, tell: (wrong: string) => void) => T;

const text: Column<string | null> = (given) => given;

/** @param wrong what is told of a text for which `read` gives null */
const column =
  <T>(wrong: string, read: (given: string) => T | null): Column<T | null> =>
  (given, tell) => {
    const value = given === null ? null : read(given);
    if (given !== null && value === null) tell(wrong);
    return value;
  };

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
const word =
  <T extends string>(words: readonly T[]): Column<T | null> =>
  (given, tell) => {
    const found = wordAmong(words, given ?? '');
    if (found === undefined) tell('is unknown');
    return found ?? null;
  };

/** 1, t, true, yes, y, on in any case are true. */
const flag = (given: string | null) =>
  given === null ? null : ['1', '1.0', 't', 'true', 'yes', 'y', 'on'].includes(given.trim().toLowerCase());

/** A JSON object or array; the text of one that is none is kept elsewhere. */
const json: Column<Json> = (given, tell) => {
  const value = given === null ? null : jsonTree(given);
  if (given === null || value !== null) return value;
  const read = readOldJson(given);
  if ('value' in read && typeof read.value === 'object' && read.value !== null) return read.value;
  tell(`${'broken' in read ? read.broken : 'is no JSON object or array'}; it is kept as text`);
  return null;
};

/** What is told of a row that could not be read as it is, and the texts of the columns that it is told of. */
interface Told {
  told: string[];
  unread: Record<string, string>;
  /** All columns as they are. */
  values: LegacyRow['values'];
}

/** The reader of one table. @param nameOf what the row is called where something is told of it */
function table<S extends Record<string, Column<unknown>>>(
  nameOf: (texts: Readonly<Record<string, string | null>>) => string,
  columns: S,
) {
  type Meaning = { [N in keyof S]: ReturnType<S[N]> };
  return (row: LegacyRow): Meaning & Told => {
    const { values, damaged, uncomputed = [] } = row;
    const texts = Object.fromEntries(Object.keys(columns).map((name) => [name, textOf(row, name)]));
    const unread: Record<string, string> = {};
    const told = [
      ...damaged.map((name) => `${name} is not valid UTF-8: wrong bytes are replaced by U+FFFD`),
      ...uncomputed.map((name) => `${name} is a generated column that cannot be computed for this row`),
    ];
    const meanings = Object.entries(columns).map(([name, read]) => {
      const given = texts[name] ?? null;
      const meaning = read(given, (wrong) => {
        told.push(`${name} ${quoted(given)} of ${nameOf(texts)} ${wrong}`);
        unread[name] = given ?? '';
      });
      return [name, meaning];
    });
    return { ...(Object.fromEntries(meanings) as Meaning), told, unread, values };
  };
}

/** Columns of one kind. */
const each = <T, const N extends string>(type: Column<T>, ...names: N[]) =>
  Object.fromEntries(names.map((name) => [name, type])) as Record<N, Column<T>>;

/** The parts of a bundle, a reader for each: of every column that the import knows, what it means. */
export const readRow = {
  story: table(() => 'the story', {
    ...each(text, 'title', 'story_text', 'story_type', 'current_run_id'),
    ...each(text, 'cover_artifact_id', 'canonical_audio_id', 'canonical_video_id'),
    ...each(text, 'image_path', 'image_url', 'styled_image_path', 'styled_image_url'),
    ...each(text, 'audio_path', 'audio_url', 'video_path', 'video_url'),
    ...each(time, 'created_at', 'stored_at'),
    ...each(json, 'themes', 'concepts', 'characters', 'analysis'),
    safety_score: score,
    word_count: count(maxInt),
  }),
  session: table(() => 'the session', {
    ...each(text, 'story_title', 'status'),
    ...each(time, 'created_at', 'updated_at'),
    audio_urls: (given) => (given === null ? null : jsonTree(given)),
  }),
  segments: table(({ segment_id }) => `segment ${segment_id}`, {
    ...each(text, 'text', 'audio_url', 'is_ending', 'choices'),
    segment_id: (given) => (given === null ? null : wholeNumber(given)),
    created_at: time,
  }),
  artifacts: table(({ artifact_id }) => `artifact ${artifact_id}`, {
    ...each(text, 'artifact_id', 'content_hash', 'artifact_path', 'artifact_url', 'artifact_payload'),
    ...each(text, 'metadata', 'mime_type', 'description', 'created_by_agent', 'created_by_step_id'),
    ...each(time, 'created_at', 'stored_at'),
    artifact_type: word(artifactTypes),
    lifecycle_state: word(lifecycleStates),
    file_size: count(Number.MAX_SAFE_INTEGER),
    safety_score: score,
  }),
  links: table(({ artifact_id }) => `the link of ${artifact_id}`, {
    ...each(text, 'link_id', 'artifact_id'),
    ...each(time, 'created_at', 'updated_at'),
    role: word(storyRoles),
    is_primary: flag,
    position: count(maxInt),
  }),
  runs: table(({ run_id }) => `run ${run_id}`, {
    ...each(text, 'run_id', 'session_id', 'result_summary'),
    ...each(time, 'created_at', 'started_at', 'completed_at'),
    workflow_type: word(workflowTypes),
    status: word(runStatuses),
  }),
  steps: table(({ agent_step_id }) => `step ${agent_step_id}`, {
    ...each(text, 'agent_step_id', 'run_id', 'step_name', 'input_data', 'output_data', 'error_message'),
    ...each(time, 'created_at', 'completed_at'),
    step_order: count(maxInt),
    status: word(stepStatuses),
  }),
  runLinks: table(({ run_id, artifact_id }) => `the link of run ${run_id} and artifact ${artifact_id}`, {
    ...each(text, 'link_id', 'run_id', 'artifact_id'),
    stage: word(runStages),
    created_at: time,
  }),
  relations: table(({ relation_id }) => `relation ${relation_id}`, {
    ...each(text, 'relation_id', 'from_artifact_id', 'to_artifact_id', 'metadata'),
    relation_type: word(relationTypes),
    created_at: time,
  }),
};

export type OldRow<K extends keyof typeof readRow> = ReturnType<(typeof readRow)[K]>;
