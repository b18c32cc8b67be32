import { z } from 'zod';
import { InvalidInput } from '../errors.js';
import { whyNoNode, whyNoRelationship } from './backup-model.js';
import { backupProperties } from './backup-value.js';

/**
 * By which property a node is found again, for each label that has a unique key. Only these may be an end of a
 * relationship; insert-relationships.cypher and read-*.cypher spell the same table out.
 */
export const keyOfLabel = {
  Artifact: 'id',
  Content: 'sha256',
  IdempotencyKey: 'key',
  LegacyImport: 'key',
  Run: 'id',
  Step: 'id',
  Story: 'id',
} as const;

const keyedLabel = z.enum(['Artifact', 'Content', 'IdempotencyKey', 'LegacyImport', 'Run', 'Step', 'Story']);
/** [label, key], such as ["Artifact", "0c5…"]. */
export const nodeEnd = z.tuple([keyedLabel, z.string()]);
export type NodeEnd = z.infer<typeof nodeEnd>;

const relationshipType = z.string().min(1);
const counts = z.record(z.string(), z.int().nonnegative());

const header = z.strictObject({
  'artifact-graph': z.literal(1, 'must be 1, the version of the format that this program reads'),
  /** The version of the schema that the graph had. */
  schema: z.int(),
  /** All lines but the last, this one included. */
  lines: z.int(),
  nodes: counts,
  relationships: counts,
});
/** `with` are relationships that start here and are written in the same transaction as the node. */
const node = z.strictObject({
  labels: z.array(z.string().min(1)),
  properties: backupProperties,
  with: z
    .array(z.strictObject({ type: relationshipType, to: nodeEnd, properties: backupProperties }))
    .optional(),
});
const relationship = z.strictObject({
  type: relationshipType,
  from: nodeEnd,
  to: nodeEnd,
  properties: backupProperties,
});
/** The last line: how many there are before it, and the SHA-256 of them, each with its line feed. */
const end = z.strictObject({ end: z.strictObject({ lines: z.int(), sha256: z.string() }) });

export type BackupHeader = z.infer<typeof header>;
export type BackupNode = z.infer<typeof node>;
export type BackupRelationship = z.infer<typeof relationship>;
export type BackupEnd = z.infer<typeof end>['end'];

export type BackupLine =
  | { kind: 'header'; header: BackupHeader }
  | { kind: 'node'; node: BackupNode }
  | { kind: 'relationship'; relationship: BackupRelationship }
  | { kind: 'end'; end: BackupEnd };

/** How many of each: nodes by their labels joined by colons, relationships by type. */
export type BackupCounts = Pick<BackupHeader, 'nodes' | 'relationships'>;

/** A line that becomes part of the graph. */
export type GraphLine = Extract<BackupLine, { kind: 'node' | 'relationship' }>;

/** The key of a node of a label that has one. */
export function endOf({ labels, properties }: BackupNode): NodeEnd | null {
  for (const label of keyedLabel.options) {
    const key = labels.includes(label) ? properties[keyOfLabel[label]] : undefined;
    if (typeof key === 'string') return [label, key];
  }
  return null;
}

/** @throws InvalidInput naming the line and each wrong field */
export function parseBackupLine(text: string, number: number): BackupLine {
  const value = parseJson(text, number);
  if ('artifact-graph' in value) return { kind: 'header', header: check(header, value, number) };
  if ('labels' in value) {
    const line = check(node, value, number);
    const foreign = whyForeignNode(line);
    if (foreign !== undefined)
      throw new InvalidInput(`line ${number}: ${foreign}`, [{ path: `line ${number}`, message: foreign }]);
    if (line.with && endOf(line) === null) throw wrongLine(number, 'with', 'needs a node with a unique key');
    return { kind: 'node', node: line };
  }
  if ('type' in value) {
    const line = check(relationship, value, number);
    const foreign = whyForeignRelationship(line);
    if (foreign !== undefined)
      throw new InvalidInput(`line ${number}: ${foreign}`, [{ path: `line ${number}`, message: foreign }]);
    return { kind: 'relationship', relationship: line };
  }
  if ('end' in value) return { kind: 'end', end: check(end, value, number).end };
  throw wrongLine(number, '', 'is neither a node ("labels") nor a relationship ("type")');
}

/** Why a node, or a relationship that is written with it, is not of the model; undefined where all is. */
export function whyForeignNode(line: BackupNode): string | undefined {
  const from = endOf(line);
  return (
    whyNoNode(line.labels, Object.keys(line.properties)) ??
    line.with
      ?.map((one) => from && whyForeignRelationship({ ...one, from }))
      .find((why) => typeof why === 'string')
  );
}

export function whyForeignRelationship({
  type,
  from,
  to,
  properties,
}: BackupRelationship): string | undefined {
  return whyNoRelationship(type, [from[0], to[0]], Object.keys(properties));
}

export function wrongLine(number: number, field: string, message: string): InvalidInput {
  const path = field === '' ? `line ${number}` : `line ${number}: ${field}`;
  return new InvalidInput(`${path} ${message}`, [{ path, message }]);
}

function parseJson(text: string, number: number): object {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw wrongLine(number, '', 'is not JSON');
    throw error;
  }
  if (typeof value === 'object' && value !== null) return value;
  throw wrongLine(number, '', 'is not a JSON object');
}

function check<T>(schema: z.ZodType<T>, value: object, number: number): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => ({
    path: `line ${number}: ${path.join('.')}`,
    message,
  }));
  throw new InvalidInput(issues.map(({ path, message }) => `${path} ${message}`).join('; '), issues);
}
