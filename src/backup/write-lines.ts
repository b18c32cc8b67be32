import { z } from 'zod';
import { statement } from '../db/statement.js';
import type { Transaction } from '../db/transaction.js';
import { endOf, wrongLine, type BackupRelationship, type GraphLine } from './backup-line.js';
import { toPropertyParameters, type PropertyParameters } from './backup-value.js';

// What goes in was parsed as lines already.
const insertNodes = statement('backup/insert-nodes.cypher', {
  params: z.object({ rows: z.array(z.custom<PropertyParameters & { labels: string[] }>()) }),
  row: z.never(),
});
const insertRelationships = statement('backup/insert-relationships.cypher', {
  params: z.object({
    rows: z.array(
      z.custom<PropertyParameters & Omit<BackupRelationship, 'properties'> & { index: number }>(),
    ),
  }),
  row: z.object({ index: z.number() }),
});

export interface NumberedGraphLine {
  number: number;
  line: GraphLine;
}

/**
 * Writes the nodes of some lines, then their relationships.
 * @throws InvalidInput naming the first line with an end that is not in the graph
 */
export async function writeLines(tx: Transaction, lines: readonly NumberedGraphLine[]): Promise<void> {
  const nodes = lines.flatMap(({ line }) => (line.kind === 'node' ? [line.node] : []));
  if (nodes.length > 0) {
    await tx.exec(insertNodes, {
      rows: nodes.map(({ labels, properties }) => ({ labels, ...toPropertyParameters(properties) })),
    });
  }
  const relationships = lines.flatMap(relationshipsOf);
  if (relationships.length === 0) return;
  const rows = relationships.map(({ relationship: { properties, ...ends } }, index) => ({
    index,
    ...ends,
    ...toPropertyParameters(properties),
  }));
  const written = new Set((await tx.many(insertRelationships, { rows })).map(({ index }) => index));
  const lost = relationships.find((_, index) => !written.has(index));
  if (lost) throw missingEnd(lost.number, lost.relationship);
}

function relationshipsOf({
  number,
  line,
}: NumberedGraphLine): { number: number; relationship: BackupRelationship }[] {
  if (line.kind === 'relationship') return [{ number, relationship: line.relationship }];
  const from = endOf(line.node);
  if (from === null) return [];
  return (line.node.with ?? []).map((relationship) => ({ number, relationship: { from, ...relationship } }));
}

function missingEnd(number: number, { type, from, to }: BackupRelationship): Error {
  const ends = [from, to].map(([label, key]) => `${label} ${key}`).join(' to ');
  return wrongLine(number, 'to', `or its start is not in a line before it: ${type} from ${ends}`);
}
