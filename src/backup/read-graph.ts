import { z } from 'zod';
import type { Database } from '../db/database.js';
import { statement } from '../db/statement.js';
import { Conflict } from '../errors.js';
import {
  endOf,
  nodeEnd,
  whyForeignNode,
  whyForeignRelationship,
  type BackupCounts,
  type BackupNode,
  type NodeEnd,
} from './backup-line.js';
import { toBackupProperties, type BackupProperties } from './backup-value.js';
import type { SortedLines } from './sorted-lines.js';
import { streamRows } from './stream-rows.js';

const stored = z.record(z.string(), z.unknown());
const anyEnd = z.tuple([z.string().nullable(), z.string().nullable()]);
const storedRelationship = z.object({
  type: z.string(),
  properties: stored,
  floats: z.array(z.string()),
  to: anyEnd,
});
const readNodes = statement('backup/read-nodes.cypher', {
  params: z.object({}),
  row: z.object({
    labels: z.array(z.string()),
    properties: stored,
    floats: z.array(z.string()),
    births: z.array(storedRelationship),
  }),
});
const readRelationships = statement('backup/read-relationships.cypher', {
  params: z.object({}),
  row: storedRelationship.extend({ from: anyEnd }),
});

/** Where the lines of a graph go, each kind in its own order. */
export interface GraphLines {
  /** Nodes that refer to none. */
  nodes: SortedLines;
  /** Nodes that are written together with relationships to nodes of the first kind. */
  bornWith: SortedLines;
  relationships: SortedLines;
}

interface ReadOptions {
  /** The number of nodes and relationships read so far. */
  onProgress: (done: number) => void;
  signal?: AbortSignal | undefined;
}

/**
 * Reads the whole graph but its schema, in whatever order the database finds quickest, and counts it.
 * @throws Conflict when something in it cannot be written down exactly; Unavailable
 */
export async function readGraph(
  db: Pick<Database, 'driver' | 'name'>,
  lines: GraphLines,
  { onProgress, signal }: ReadOptions,
): Promise<BackupCounts> {
  const counts: BackupCounts = { nodes: {}, relationships: {} };
  let done = 0;
  const step = () => {
    signal?.throwIfAborted();
    if (++done % 1000 === 0) onProgress(done);
  };
  for await (const row of streamRows(db, readNodes)) {
    step();
    const node = toNode(row);
    refuseForeign(whyForeignNode(node));
    count(counts.nodes, node.labels.join(':'));
    for (const { type } of node.with ?? []) count(counts.relationships, type);
    await (node.with ? lines.bornWith : lines.nodes).add(orderOf(node), JSON.stringify(node));
  }
  for await (const { type, from, to, properties, floats } of streamRows(db, readRelationships)) {
    step();
    const line = {
      type,
      from: toEnd(from, type),
      to: toEnd(to, type),
      properties: relationshipProperties(properties, floats, type),
    };
    refuseForeign(whyForeignRelationship(line));
    count(counts.relationships, type);
    await lines.relationships.add(JSON.stringify([type, ...line.from, ...line.to]), JSON.stringify(line));
  }
  onProgress(done);
  return counts;
}

/** What could not be imported again is told now, not when it is needed. */
function refuseForeign(why: string | undefined): void {
  if (why !== undefined)
    throw new Conflict(`the graph cannot be exported: ${why}; remove it, or keep it elsewhere`);
}

function count(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

function toNode({ labels, properties, floats, births }: z.infer<typeof readNodes.row>): BackupNode {
  const node: BackupNode = {
    labels: labels.sort(),
    properties: toBackupProperties(properties, floats, `a node ${labels.join(':')}`),
  };
  if (births.length === 0) return node;
  node.with = births
    .map(({ type, to, ...rest }) => ({
      type,
      to: toEnd(to, type),
      properties: relationshipProperties(rest.properties, rest.floats, type),
    }))
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  if (endOf(node) === null) throw withoutKey(node.with[0]?.type ?? '', labels[0] ?? null);
  return node;
}

function relationshipProperties(
  values: Record<string, unknown>,
  floats: string[],
  type: string,
): BackupProperties {
  return toBackupProperties(values, floats, `a relationship ${type}`);
}

function toEnd(end: z.infer<typeof anyEnd>, type: string): NodeEnd {
  const parsed = nodeEnd.safeParse(end);
  if (parsed.success) return parsed.data;
  throw withoutKey(type, end[0]);
}

function withoutKey(type: string, label: string | null): Conflict {
  return new Conflict(
    `a relationship ${type} cannot be exported: it joins a node (${label ?? 'no label'}) that has no unique key`,
  );
}

/** Nodes go by labels and key; those without a key, which are the record of events, by time and what they tell of. */
function orderOf(node: BackupNode): string {
  const { labels, properties } = node;
  const key = endOf(node)?.[1];
  const { at, nodeId, action } = properties;
  return JSON.stringify(
    key === undefined ? [...labels, at ?? '', nodeId ?? '', action ?? ''] : [...labels, key],
  );
}
