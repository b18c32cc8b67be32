import { z } from 'zod';
import type { Database } from '../db/database.js';
import { statement } from '../db/statement.js';
import { relationTypes } from '../model/vocabulary.js';
import { arrangeTrace } from './arrange-trace.js';
import { jsonText, numbers, strings, values } from './json-columns.js';
import { readNearest, type TraceAnswer } from './trace-near.js';
import { emptyTrace } from './trace.js';
import type { TraceRequest } from './trace-request.js';

const traceDeep = statement('lineage/trace-deep.cypher', {
  params: z.object({
    artifactId: z.string(),
    upstream: z.boolean(),
    downstream: z.boolean(),
    depth: z.number().int(),
    limit: z.number().int(),
    edges: z.boolean(),
    properties: z.array(z.string()),
    edgeProperties: z.array(z.string()),
  }),
  row: z.object({
    beyond: z.boolean(),
    over: z.boolean(),
    ids: jsonText(strings),
    depths: jsonText(numbers),
    createdAt: jsonText(numbers),
    numbers: jsonText(numbers),
    properties: jsonText(z.array(values)),
    links: jsonText(z.tuple([numbers, numbers, numbers])),
    linkProperties: jsonText(z.array(values)),
  }),
});

/** True for requests that may bring so much that a statement of its own, which cannot stop early, pays. */
export function isDeep({ artifactIds, depth, limit, relationTypes: types }: TraceRequest): boolean {
  return artifactIds.length === 1 && types === null && limit > 5000 && depth > 30;
}

export async function readDeep(db: Database, request: TraceRequest): Promise<TraceAnswer> {
  const { artifactIds, direction, depth, limit, columns } = request;
  const row = await db.maybeOne(traceDeep, {
    artifactId: artifactIds[0] ?? '',
    upstream: direction !== 'downstream',
    downstream: direction !== 'upstream',
    depth,
    limit,
    edges: columns.edgeProperties !== null,
    properties: [...columns.artifactProperties],
    edgeProperties: [...(columns.edgeProperties ?? [])],
  });
  if (!row) return { found: [], trace: emptyTrace };
  if (row.over) return { found: artifactIds, trace: await readNearest(db, request, row.depths) };
  const [products, sources, typeNumbers] = row.links;
  const found = {
    ...row,
    products,
    sources,
    types: typeNumbers.map((number) => relationTypes[number] ?? relationTypes[0]),
    edgeProperties: row.linkProperties,
  };
  return { found: artifactIds, trace: arrangeTrace(request, found, row.beyond) };
}
