import neo4j, { isNode, isPath, isRelationship, isUnboundRelationship } from 'neo4j-driver';
import { z } from 'zod';
import type { Context } from '../context.js';
import { inTime } from '../db/in-time.js';
import { toParameters } from '../db/transaction.js';
import { isWrongStatement, translateError } from '../db/translate-error.js';
import { InvalidInput } from '../errors.js';
import type { Json } from '../model/json.js';
import { parseInput } from '../model/parse-input.js';

export const maxRows = 10_000;

export const question = z.strictObject({
  statement: z.string().max(100_000).regex(/\S/, 'is empty'),
  parameters: z.record(z.string(), z.unknown()).default({}),
  limit: z.int().min(1).max(maxRows).default(1_000),
});

export interface GraphAnswer {
  columns: string[];
  /** A value for each column. Nodes are {labels, properties}, relationships {type, properties}, times ISO 8601. */
  rows: Json[][];
  /** True where there were more rows than asked for. */
  truncated: boolean;
}

/**
 * Runs somebody's own Cypher in read access mode: the server refuses whatever would write, also in procedures. Ends with
 * the deadline of reads.
 * @throws InvalidInput with Neo4j's words for a statement that is wrong or would write; Unavailable
 */
export async function askGraph({ db }: Pick<Context, 'db'>, input: unknown): Promise<GraphAnswer> {
  const { statement, parameters, limit } = parseInput(question, input);
  const { readMs, signal } = db.terms;
  db.refuseWhileDown();
  const session = db.driver.session({
    database: db.name,
    defaultAccessMode: neo4j.session.READ,
    fetchSize: limit + 1,
  });
  const read = async () => {
    const result = session.run(statement, toParameters(parameters), { timeout: readMs });
    const rows: Json[][] = [];
    for await (const record of result) {
      if (rows.length === limit) return { columns: await result.keys(), rows, truncated: true };
      rows.push([...record.values()].map(toJson));
    }
    return { columns: await result.keys(), rows, truncated: false };
  };
  try {
    return await inTime(read(), { ms: readMs, signal, part: 'neo4j' });
  } catch (error) {
    if (!isWrongStatement(error)) throw translateError(error);
    throw new InvalidInput(error.message, [{ path: 'statement', message: error.message }]);
  } finally {
    // Not waited for: a statement that is given up is ended by the server.
    session.close().catch(() => undefined);
  }
}

const { types } = neo4j;
/** Times and points, which say themselves as text. */
const writtenType = z.union(
  [
    types.Date,
    types.DateTime,
    types.Duration,
    types.LocalDateTime,
    types.LocalTime,
    types.Time,
    types.Point,
  ].map((type) => z.instanceof(type)),
);

function toJson(value: unknown): Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  // JSON has no word for NaN and the infinities.
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (Array.isArray(value)) return value.map(toJson);
  if (isNode(value)) return { labels: [...value.labels], properties: toJson(value.properties) };
  if (isRelationship(value) || isUnboundRelationship(value))
    return { type: value.type, properties: toJson(value.properties) };
  if (isPath(value))
    return value.segments.flatMap(({ start, relationship, end }, position) => [
      ...(position === 0 ? [toJson(start)] : []),
      toJson(relationship),
      toJson(end),
    ]);
  if (typeof value !== 'object') return null;
  const written = writtenType.safeParse(value);
  if (written.success) return written.data.toString();
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, toJson(part)]));
}
