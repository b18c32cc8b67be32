import { z } from 'zod';
import { getArtifacts } from '../artifacts/get-artifact.js';
import type { Context } from '../context.js';
import { statement } from '../db/statement.js';
import { readTrace } from '../lineage/read-trace.js';
import type { Artifact } from '../model/artifact.js';
import { id } from '../model/identifiers.js';
import { parseInput } from '../model/parse-input.js';
import { stepEntity, type Step } from '../model/run.js';
import { rowOf } from '../model/stored.js';
import { differencesOf, factsOf, makingOf, type Difference } from './differences.js';
import { departures, pairUp, sideOf, type Side } from './find-parting.js';

const compareInput = z.strictObject({ a: id, b: id });

const readMakers = statement('compare/read-makers.cypher', {
  params: z.object({ ids: z.array(z.string()) }),
  row: z.object({ id: z.string(), step: rowOf(stepEntity).nullable(), sources: z.array(z.string()) }),
});

/** What differs between two artifacts; the sources are the direct ones and what the steps used. */
export interface Differences {
  facts: Difference[];
  making: Difference[];
  sourceIdsOnlyOfA: string[];
  sourceIdsOnlyOfB: string[];
}

/** The earliest two artifacts in which lineages differ; null where one lineage lies within the other. */
export interface Parting extends Differences {
  aId: string | null;
  bId: string | null;
  /** What both were made from. */
  commonSourceIds: string[];
}

export interface Comparison extends Differences {
  aId: string;
  bId: string;
  sameContent: boolean;
  /** null for an artifact and itself. */
  parting: Parting | null;
  truncated: boolean;
}

/** So much of a lineage is looked at. */
const reach = { depth: 1000, limit: 20_000 };
/** So many departures of each side are looked at for two that are alike. */
const mostDepartures = 200;

/**
 * What differs between two artifacts, two takes above all, and where their lineages part.
 * @throws InvalidInput; NotFound
 */
export async function compareArtifacts(ctx: Context, input: unknown): Promise<Comparison> {
  const { a: aId, b: bId } = parseInput(compareInput, input);
  const [book, traces] = await Promise.all([
    readBook(ctx, [aId, bId]),
    Promise.all([aId, bId].map((one) => traceBack(ctx, one))),
  ]);
  const [ofA, ofB] = traces.map(sideOf);
  const hashes = [aId, bId].map((one) => book.get(one)?.artifact.contentHash ?? null);
  return {
    aId,
    bId,
    ...differencesBetween(book, aId, bId),
    sameContent: hashes[0] !== null && hashes[0] === hashes[1],
    parting: ofA && ofB && aId !== bId ? await findParting(ctx, ofA, ofB) : null,
    truncated: traces.some(({ truncated }) => truncated),
  };
}

const traceBack = (ctx: Context, artifactId: string) =>
  readTrace(ctx, {
    artifactIds: [artifactId],
    direction: 'upstream',
    relationTypes: null,
    columns: { artifactProperties: ['generation'], edgeProperties: [] },
    ...reach,
  });

interface Entry {
  artifact: Artifact;
  step: Step | null;
  sources: string[];
}
type Book = ReadonlyMap<string, Entry>;

/** @throws NotFound */
async function readBook(ctx: Context, ids: readonly string[]): Promise<Book> {
  const [artifacts, makers] = await Promise.all([
    getArtifacts(ctx, ids),
    ctx.db.many(readMakers, { ids: [...ids] }),
  ]);
  const makerOf = new Map(makers.map((row) => [row.id, row]));
  return new Map(
    artifacts.map((artifact) => {
      const maker = makerOf.get(artifact.id);
      const sources = new Set([...(maker?.sources ?? []), ...(maker?.step?.uses ?? [])]);
      return [artifact.id, { artifact, step: maker?.step ?? null, sources: [...sources].sort() }];
    }),
  );
}

function differencesBetween(book: Book, aId: string | null, bId: string | null): Differences {
  const [a, b] = [book.get(aId ?? ''), book.get(bId ?? '')];
  if (!a || !b) return { facts: [], making: [], sourceIdsOnlyOfA: [], sourceIdsOnlyOfB: [] };
  return {
    facts: differencesOf(factsOf(a.artifact), factsOf(b.artifact)),
    making: differencesOf(makingOf(a.step), makingOf(b.step)),
    sourceIdsOnlyOfA: a.sources.filter((source) => !b.sources.includes(source)),
    sourceIdsOnlyOfB: b.sources.filter((source) => !a.sources.includes(source)),
  };
}

async function findParting(ctx: Context, ofA: Side, ofB: Side): Promise<Parting> {
  const [firstOfA, firstOfB] = [departures(ofA, ofB), departures(ofB, ofA)].map((all) =>
    all.slice(0, mostDepartures),
  );
  const book = await readBook(ctx, [...(firstOfA ?? []), ...(firstOfB ?? [])]);
  const likeness = (one: string) => `${book.get(one)?.artifact.type} ${book.get(one)?.step?.name ?? ''}`;
  const [aId, bId] = pairUp(firstOfA ?? [], firstOfB ?? [], likeness);
  const sources = book.get(aId ?? '')?.sources ?? [];
  const others = new Set(bId === null ? sources : (book.get(bId)?.sources ?? []));
  return {
    aId,
    bId,
    ...differencesBetween(book, aId, bId),
    commonSourceIds: (aId === null ? [...others] : sources).filter((source) => others.has(source)),
  };
}
