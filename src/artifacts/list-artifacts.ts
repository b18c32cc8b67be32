import { z } from 'zod';
import type { Context } from '../context.js';
import type { Database } from '../db/database.js';
import { statement } from '../db/statement.js';
import { artifactEntity, type Artifact } from '../model/artifact.js';
import { rowOf } from '../model/stored.js';
import { id } from '../model/identifiers.js';
import { sha256 } from '../model/digest.js';
import { parseInput } from '../model/parse-input.js';
import { artifactType, lifecycleState } from '../model/vocabulary.js';
import { countArtifacts } from './count-artifacts.js';

/**
 * A place in the order of lists: behind the artifact with this time and id. The time is ISO 8601 with all the digits that
 * are stored: statements typed by hand and restored backups may give nanoseconds.
 */
export const listPosition = z.strictObject({
  createdAt: z.iso.datetime({ offset: true }).regex(/^[^.]*(\.\d{1,9})?(Z|[+-](0\d|1[0-7]):\d\d)$/),
  id: z.string().min(1).max(400),
});
export type ListPosition = z.infer<typeof listPosition>;

const maxPageSize = 1000;

/** Every filter that is given narrows the list; `state: 'any'` does not. */
const listArtifactsInput = z.strictObject({
  state: z.union([lifecycleState, z.literal('any')]).default('published'),
  type: artifactType.nullish(),
  contentHash: sha256.nullish(),
  createdByStepId: id.nullish(),
  storyId: id.nullish(),
  runId: id.nullish(),
  limit: z.number().int().min(1).max(maxPageSize).default(100),
  offset: z.number().int().nonnegative().default(0),
  after: listPosition.nullish(),
});
type ListFilter = z.output<typeof listArtifactsInput>;

export interface ArtifactPage {
  artifacts: Artifact[];
  /** All artifacts that the filters let through, on whatever page. */
  totalCount: number;
  /** Where the next page starts, null on the last one. */
  next: ListPosition | null;
}

const pageParams = z.object({
  beforeAt: z.string(),
  afterId: z.string(),
  offset: z.number().int(),
  limit: z.number().int(),
});
/** `place` is the whole time of creation, for the next page's position. */
const pageRow = z.object({ artifact: rowOf(artifactEntity), place: z.string() });
type PageRow = z.output<typeof pageRow>;
const pageOfAll = statement('artifacts/read-page.cypher', { params: pageParams, row: pageRow });
const pageOfState = statement('artifacts/read-page-of-state.cypher', {
  params: pageParams.extend({ state: lifecycleState }),
  row: pageRow,
});
const pageOfType = statement('artifacts/read-page-of-type.cypher', {
  params: pageParams.extend({ type: artifactType }),
  row: pageRow,
});
const pageOfTypeAndState = statement('artifacts/read-page-of-type-and-state.cypher', {
  params: pageParams.extend({ type: artifactType, state: lifecycleState }),
  row: pageRow,
});
const text = z.string().nullable();
const pageOfSelection = statement('artifacts/read-page-of-selection.cypher', {
  params: pageParams.extend({
    ofStory: text,
    ofRun: text,
    ofStep: text,
    ofContent: text,
    storyId: text,
    runId: text,
    stepId: text,
    contentHash: text,
    state: lifecycleState.nullable(),
    type: artifactType.nullable(),
  }),
  row: z.object({ total: z.number(), page: z.array(pageRow) }),
});

/** In front of every artifact. */
const front: ListPosition = { createdAt: '9999-12-31T23:59:59.999999999Z', id: '' };

/**
 * One page of artifacts, newest first (`createdAt` descending, then `id` ascending). Pages that follow `next` neither
 * miss nor repeat an artifact that was there at the first one, whatever is written meanwhile; `offset` has no such promise.
 * @throws InvalidInput
 */
export async function listArtifacts({ db }: Context, input: unknown): Promise<ArtifactPage> {
  const filter = parseInput(listArtifactsInput, input);
  const after = filter.after ?? front;
  const page = {
    beforeAt: after.createdAt,
    afterId: after.id,
    offset: filter.offset,
    limit: filter.limit + 1,
  };
  const selection = filter.contentHash ?? filter.createdByStepId ?? filter.runId ?? filter.storyId ?? null;
  return selection === null ? listAll(db, filter, page) : listSelection(db, filter, page);
}

type PageParams = z.output<typeof pageParams>;

async function listAll(db: Database, filter: ListFilter, page: PageParams): Promise<ArtifactPage> {
  const state = filter.state === 'any' ? null : filter.state;
  const type = filter.type ?? null;
  const rows = await readPage(db, { type, state }, page);
  const wholeList = rows.length < page.limit && filter.offset === 0 && !filter.after;
  const totalCount = wholeList ? rows.length : await countArtifacts(db, { type, state });
  return cut(rows, filter.limit, totalCount);
}

function readPage(
  db: Database,
  { type, state }: { type: Artifact['type'] | null; state: Artifact['lifecycleState'] | null },
  page: PageParams,
): Promise<PageRow[]> {
  if (type && state) return db.many(pageOfTypeAndState, { type, state, ...page });
  if (type) return db.many(pageOfType, { type, ...page });
  if (state) return db.many(pageOfState, { state, ...page });
  return db.many(pageOfAll, page);
}

/** Starts from the filter that leaves the fewest artifacts; the others are checked on each of them. */
async function listSelection(db: Database, filter: ListFilter, page: PageParams): Promise<ArtifactPage> {
  const narrow = {
    contentHash: filter.contentHash ?? null,
    stepId: filter.createdByStepId ?? null,
    runId: filter.runId ?? null,
    storyId: filter.storyId ?? null,
    state: filter.state === 'any' ? null : filter.state,
    type: filter.type ?? null,
    ...page,
  };
  const of = { ofContent: null, ofStep: null, ofRun: null, ofStory: null };
  const { contentHash, stepId, runId, storyId } = narrow;
  const { total, page: rows } = await db.one(
    pageOfSelection,
    contentHash
      ? { ...narrow, ...of, contentHash: null, ofContent: contentHash }
      : stepId
        ? { ...narrow, ...of, stepId: null, ofStep: stepId }
        : runId
          ? { ...narrow, ...of, runId: null, ofRun: runId }
          : { ...narrow, ...of, storyId: null, ofStory: storyId },
  );
  return cut(rows, filter.limit, total);
}

/** One more row than asked for was read, to know whether there is a next page. */
function cut(rows: readonly PageRow[], limit: number, totalCount: number): ArtifactPage {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const next = rows.length > limit && last ? { createdAt: last.place, id: last.artifact.id } : null;
  return { artifacts: page.map(({ artifact }) => artifact), totalCount, next };
}
