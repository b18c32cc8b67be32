import { z } from 'zod';
import type { Database } from '../db/database.js';
import { statement } from '../db/statement.js';
import { TooCostly } from '../errors.js';
import { countArtifacts } from '../artifacts/count-artifacts.js';
import { artifactType, lifecycleState } from '../model/vocabulary.js';
import type { NodeField } from './load-nodes.js';

/**
 * Makes the statements of generated root reads such that the planner can answer them from an index, by saying what is
 * true anyway: every node has a time of creation, a field that is equal to something leads the order without changing it,
 * and the artifacts of a story have certain ids. What no index serves is refused where it would read too much.
 */

type Args = Record<string, unknown>;
type Sort = Record<string, unknown>;

const readArgs = z.looseObject({
  where: z.record(z.string(), z.unknown()).nullish(),
  sort: z.array(z.record(z.string(), z.unknown())).nullish(),
  /** What is to be true besides: where a page begins. */
  behind: z.record(z.string(), z.unknown()).nullish(),
});

/** The fields that lead an index whose last field is the time of creation; the longer first. */
const leading: Record<NodeField, readonly (readonly string[])[]> = {
  artifacts: [['type', 'lifecycleState'], ['lifecycleState'], ['type'], ['createdByAgent']],
  runs: [['status']],
  steps: [],
  stories: [],
};
/** Before everything that is recorded. */
const anyTime = { createdAt: { gte: '0000-01-01T00:00:00Z' } };
const anyId = { id: { startsWith: '' } };

const equal = z.strictObject({ eq: z.unknown() });
const unique = z.union([
  z.strictObject({ eq: z.string() }),
  z.strictObject({ in: z.array(z.string()).max(20_000) }),
]);

/** Nodes that a read may look at where no index leads to those it gives: some seconds of work. */
export const usualMaxRead = 1_000_000;
/** Artifacts of one story or run up to which their ids are named. */
const maxNamed = 20_000;

const countNodes = statement('graphql/count-nodes.cypher', {
  params: z.object({}),
  row: z.object({ kind: z.string(), nodes: z.number() }),
});
const listArtifactsOf = statement('graphql/list-artifacts-of.cypher', {
  params: z.object({
    storyId: z.string().nullable(),
    runId: z.string().nullable(),
    limit: z.number().int(),
  }),
  row: z.object({ id: z.string() }),
});

const ofTypeAndState = z.strictObject({
  type: z.strictObject({ eq: artifactType }).optional(),
  lifecycleState: z.strictObject({ eq: lifecycleState }).optional(),
});

/** The count that REST gives and keeps for these filters; null for others. */
export async function keptCount(field: NodeField, where: unknown, db: Database): Promise<number | null> {
  const filter = ofTypeAndState.safeParse(where ?? {});
  if (field !== 'artifacts' || !filter.success) return null;
  const { type, lifecycleState: state } = filter.data;
  return countArtifacts(db, { type: type?.eq ?? null, state: state?.eq ?? null });
}

export interface ReadLimits {
  db: Database;
  maxRead: number;
}

/**
 * Arguments with the same answer that an index serves. Without a sort, the newest come first.
 * @throws TooCostly where none does and there are too many nodes to read all
 */
export async function indexedPage(field: NodeField, args: Args, limits: ReadLimits): Promise<Args> {
  const { where, sort, behind, ...rest } = readArgs.parse(args);
  const named = await namedIds(field, where ?? {}, limits.db);
  const asked = askedOrder(sort);
  const read = (...filters: Filters) => ({ ...rest, where: both(where, ...filters, behind) });
  if (named) return { ...read(named), sort: asked };
  const [[first, direction] = ['', '']] = asked.flatMap((one) => Object.entries(one));
  const equals = equalFields(where ?? {});
  if (first === 'id') return { ...read(behind ? null : anyId), sort: asked };
  if (first !== 'createdAt' && !equals.has(first)) {
    await refuseReadingAll(field, `an order by ${first}`, limits);
    return { ...read(), sort: asked };
  }
  const leads = first === 'createdAt' ? (leadOf(field, equals) ?? []) : [];
  const lead = leads.map((name): Sort => ({ [name]: direction }));
  return { ...read(anyTime), sort: [...lead, ...asked] };
}

/** The same for other lists, which no index serves. */
export function plainPage(args: Args): Args {
  const { where, sort, behind, ...rest } = readArgs.parse(args);
  return { ...rest, where: both(where, behind), sort };
}

/**
 * The same for a count, which has no order.
 * @throws TooCostly
 */
export async function indexedCount(field: NodeField, args: Args, limits: ReadLimits): Promise<Args> {
  const { where } = readArgs.parse(args);
  const filters = Object.keys(where ?? {});
  if (filters.length === 0) return {};
  const named = await namedIds(field, where ?? {}, limits.db);
  if (named) return { where: both(where, named) };
  const lead = leadOf(field, equalFields(where ?? {}));
  if (!lead) await refuseReadingAll(field, `a count by ${filters.join(', ')}`, limits);
  return { where: both(where, anyTime) };
}

/** Without an order the newest come first. */
export function askedOrder(sort: readonly Sort[] | null | undefined): readonly Sort[] {
  const asked = (sort ?? []).filter((one) => Object.keys(one).length > 0);
  return asked.length > 0 ? asked : [{ createdAt: 'DESC' }];
}

type Filters = readonly (object | null | undefined)[];

function both(...filters: Filters): object {
  const given = filters.filter((one) => one && Object.keys(one).length > 0);
  return given.length > 1 ? { AND: given } : (given[0] ?? {});
}

function equalFields(where: Args): ReadonlySet<string> {
  return new Set(Object.keys(where).filter((name) => equal.safeParse(where[name]).success));
}

function leadOf(field: NodeField, equals: ReadonlySet<string>): readonly string[] | undefined {
  return leading[field].find((names) => names.every((name) => equals.has(name)));
}

const idOfSome = z.object({ some: z.object({ id: z.strictObject({ eq: z.string() }) }) });
const idOf = (filter: unknown) => idOfSome.safeParse(filter).data?.some.id.eq ?? null;

/** A filter, true for everything that `where` lets through, by which few nodes are found; null where none is known. */
async function namedIds(field: NodeField, where: Args, db: Database): Promise<object | null> {
  // What is filtered by these is found by itself.
  if (['id', 'externalId', 'contentHash'].some((name) => unique.safeParse(where[name]).success)) return {};
  const [storyId, runId] = [idOf(where.stories), idOf(where.recordedIn)];
  if (field !== 'artifacts' || (storyId === null && runId === null)) return null;
  const of = storyId === null ? { storyId, runId } : { storyId, runId: null };
  const found = await db.many(listArtifactsOf, { ...of, limit: maxNamed + 1 });
  return found.length > maxNamed ? null : { id: { in: found.map(({ id }) => id) } };
}

async function refuseReadingAll(field: NodeField, what: string, { db, maxRead }: ReadLimits): Promise<void> {
  const counts = await db.many(countNodes, {});
  const nodes = counts.find(({ kind }) => kind === field)?.nodes ?? 0;
  if (nodes <= maxRead) return;
  throw new TooCostly(
    `${what} would read all ${nodes} ${field}; up to ${maxRead} are read for one query: ` +
      'order by createdAt or id, or filter by id, type, state, agent, story or run',
  );
}
