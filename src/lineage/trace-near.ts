import { z } from 'zod';
import type { Database } from '../db/database.js';
import { statement } from '../db/statement.js';
import { relationTypes } from '../model/vocabulary.js';
import { arrangeTrace, type Found } from './arrange-trace.js';
import { jsonText, numbers, strings, values } from './json-columns.js';
import type { Trace } from './trace.js';
import type { TraceRequest } from './trace-request.js';

const members = jsonText(z.tuple([strings, numbers, numbers, numbers], values));
const links = jsonText(z.tuple([numbers, numbers, z.array(z.enum(relationTypes))], values));

const search = z.object({
  artifactIds: z.array(z.string()),
  expansions: z.array(z.object({ relationships: z.string(), sign: z.number() })),
  depth: z.number().int(),
  limit: z.number().int(),
  edges: z.boolean(),
  properties: z.array(z.string()),
  edgeProperties: z.array(z.string()),
});

const traceNear = statement('lineage/trace-near.cypher', {
  params: z.object({ requests: z.array(search) }),
  row: z.object({
    request: z.number(),
    found: z.array(z.string()),
    beyond: z.boolean(),
    over: z.boolean(),
    members,
    links,
  }),
});

const traceNearest = statement('lineage/trace-nearest.cypher', {
  params: search,
  row: z.object({ members, links }),
});

/** The answer to one request: the ids that exist among those asked for, and the trace. */
export interface TraceAnswer {
  found: readonly string[];
  trace: Trace;
}

/** Answers many requests with one statement, and a second for each request that has more to give than its limit. */
export async function readNear(db: Database, requests: readonly TraceRequest[]): Promise<TraceAnswer[]> {
  const rows = await db.many(traceNear, { requests: requests.map(toSearch) });
  const byRequest = new Map(rows.map((row) => [row.request, row]));
  return Promise.all(
    requests.map(async (request, position): Promise<TraceAnswer> => {
      const row = byRequest.get(position);
      if (!row) throw new Error('cypher/lineage/trace-near.cypher left a request unanswered');
      const { found, beyond, over } = row;
      const trace = over
        ? await readNearest(db, request, row.members[2])
        : arrangeTrace(request, toFound(row), beyond);
      return { found, trace };
    }),
  );
}

/** The nearest artifacts of a request that reaches its limit; `depths` are those of more artifacts than that. */
export async function readNearest(
  db: Database,
  request: TraceRequest,
  depths: readonly number[],
): Promise<Trace> {
  const reached = depths.filter((depth) => depth !== 0).map(Math.abs);
  const depth = reached.sort((a, b) => a - b)[request.limit - 1] ?? request.depth;
  const row = await db.one(traceNearest, { ...toSearch(request), depth });
  return arrangeTrace(request, toFound(row), true);
}

function toSearch(request: TraceRequest): z.input<typeof search> {
  const { direction, columns } = request;
  const filter = (before: string, after: string) =>
    (request.relationTypes ?? relationTypes).map((type) => `${before}${type}${after}`).join('|');
  return {
    artifactIds: [...request.artifactIds],
    expansions: [
      ...(direction === 'downstream' ? [] : [{ relationships: filter('', '>'), sign: 1 }]),
      ...(direction === 'upstream' ? [] : [{ relationships: filter('<', ''), sign: -1 }]),
    ],
    depth: request.depth,
    limit: request.limit,
    edges: columns.edgeProperties !== null,
    properties: [...columns.artifactProperties],
    edgeProperties: [...(columns.edgeProperties ?? [])],
  };
}

function toFound(row: { members: z.output<typeof members>; links: z.output<typeof links> }): Found {
  const [ids, numbers, depths, createdAt, ...properties] = row.members;
  const [products, sources, types, ...edgeProperties] = row.links;
  return { ids, numbers, depths, createdAt, properties, products, sources, types, edgeProperties };
}
