import { z } from 'zod';
import type { Context } from '../context.js';
import { statement } from '../db/statement.js';
import { parseInput } from '../model/parse-input.js';
import { artifactType, lifecycleState, runStatus } from '../model/vocabulary.js';
import { countWords, toLucene } from './to-lucene.js';

export const searchKinds = ['story', 'artifact', 'run'] as const;
export const maxHits = 200;
const maxWords = 16;

const searchInput = z.strictObject({
  text: z
    .string()
    .max(200)
    .refine((text) => countWords(text) <= maxWords, `must have up to ${maxWords} words`),
  limit: z.number().int().min(1).max(maxHits).default(20),
});

const searchNodes = statement('search/search-nodes.cypher', {
  params: z.object({ query: z.string(), limit: z.number().int() }),
  row: z.object({
    kind: z.enum(searchKinds),
    id: z.string(),
    score: z.number(),
    label: z.string().nullable(),
    type: artifactType.nullable(),
    state: lifecycleState.nullable(),
    status: runStatus.nullable(),
    storyId: z.string().nullable(),
    storyTitle: z.string().nullable(),
  }),
});

/** `type` and `state` are those of an artifact, `status` that of a run. */
export type SearchHit = z.infer<typeof searchNodes.row>;

export interface SearchAnswer {
  /** Best first; ties newest first, then by id. */
  hits: SearchHit[];
  /** True when there is more than was asked for. */
  truncated: boolean;
}

/**
 * Stories, artifacts and runs by title, description, agent, step, id and external id. All words have to be there, as
 * words or parts of words; case and accents do not count.
 * @throws InvalidInput
 */
export async function searchGraph({ db }: Pick<Context, 'db'>, input: unknown): Promise<SearchAnswer> {
  const { text, limit } = parseInput(searchInput, input);
  const find = async (query: string | null) =>
    query === null ? [] : db.many(searchNodes, { query, limit: limit + 1 });
  const [words, parts] = [toLucene(text, { whole: true }), toLucene(text, { whole: false })];
  const whole = await find(words);
  // Whole words rank first: beginnings and parts are looked for where those are too few.
  const found = whole.length > limit || parts === words ? whole : await find(parts);
  return { hits: found.slice(0, limit), truncated: found.length > limit };
}
