import { z } from 'zod';
import type { Context } from '../context.js';
import { statement } from '../db/statement.js';
import type { GraphReader } from './write/remember-imports.js';
import type { Ledger } from './write/ledger.js';
import { storyMade, type MadeByImport } from './page-imports.js';

const ids = z.array(z.string());
const nodeKind = z.enum(['artifact', 'step', 'run', 'story']);
export type NodeKind = z.infer<typeof nodeKind>;

const readUses = statement('legacy/read-uses.cypher', {
  params: z.object({ artifactIds: ids, runIds: ids, stepIds: ids, storyIds: ids }),
  row: z.object({ kind: nodeKind, id: z.string(), type: z.string(), name: z.string(), other: z.string() }),
});
const readFoundations = statement('legacy/read-foundations.cypher', {
  params: z.object({ artifactIds: ids, stepIds: ids, runIds: ids }),
  row: z.object({ kind: nodeKind, id: z.string() }),
});

/** An imported node that stays, and why. */
export interface KeptNode {
  kind: NodeKind;
  id: string;
  reason: string;
}

const nodeKey = (kind: NodeKind, id: string) => `node ${kind} ${id}`;
const edgeKey = (name: string) => `edge ${name}`;
const keptKey = (kind: NodeKind, id: string) => `kept ${kind} ${id}`;

/** Notes everything that these imports made, so that it is told from what others made. */
export function noteMade(ledger: Ledger, page: readonly MadeByImport[]): void {
  ledger.add(
    page.flatMap((made) => {
      const story = storyMade(made);
      return [
        ...made.artifactIds.map((id) => nodeKey('artifact', id)),
        ...made.stepIds.map((id) => nodeKey('step', id)),
        ...made.runIds.map((id) => nodeKey('run', id)),
        ...(story === null ? [] : [nodeKey('story', story)]),
        ...[...made.linkKeys, ...made.relationKeys, ...made.stageKeys].map(edgeKey),
      ];
    }),
  );
}

export function isKept(ledger: Ledger, kind: NodeKind, candidates: readonly string[]): Set<string> {
  const found = ledger.among(candidates.map((id) => keptKey(kind, id)));
  return new Set(candidates.filter((id) => found.has(keptKey(kind, id))));
}

/** Nodes of these imports that somebody else joined something to, and that are not kept yet. */
export async function findUsedByOthers(
  reader: GraphReader,
  ledger: Ledger,
  page: readonly MadeByImport[],
): Promise<KeptNode[]> {
  const uses = await reader.many(readUses, {
    artifactIds: page.flatMap(({ artifactIds }) => artifactIds),
    runIds: page.flatMap(({ runIds }) => runIds),
    stepIds: page.flatMap(({ stepIds }) => stepIds),
    storyIds: page.flatMap((made) => storyMade(made) ?? []),
  });
  const ours = ledger.among(uses.map(madeName));
  const foreign = uses.filter((use) => !ours.has(madeName(use)));
  const kept = ledger.among(foreign.map(({ kind, id }) => keptKey(kind, id)));
  const byNode = new Map(foreign.map((use) => [keptKey(use.kind, use.id), use]));
  return [...byNode.values()]
    .filter(({ kind, id }) => !kept.has(keptKey(kind, id)))
    .map(({ kind, id, type, other }) => ({
      kind,
      id,
      reason: `${type} joins it to ${other}, which the import did not make`,
    }));
}

/** What the ledger calls the thing that this use would be, had an import made it. */
function madeName({ type, name }: { type: string; name: string }): string {
  switch (type) {
    case 'USED':
    case 'STEP_OF':
      return nodeKey('step', name);
    case 'CREATED_BY':
      return nodeKey('artifact', name);
    case 'RUN_OF':
      return nodeKey('run', name);
    default:
      return edgeKey(name);
  }
}

/**
 * Marks nodes as kept, and with them what they stand on: an artifact's sources and step, a step's run, a run's story.
 * @returns all that were newly kept
 */
export async function keep({ db }: Context, ledger: Ledger, seeds: readonly KeptNode[]): Promise<KeptNode[]> {
  const all: KeptNode[] = [];
  let frontier = [...seeds];
  while (frontier.length > 0) {
    const fresh = ledger.add(frontier.map(({ kind, id }) => keptKey(kind, id)));
    frontier = frontier.filter(({ kind, id }) => fresh.delete(keptKey(kind, id)));
    all.push(...frontier);
    const of = (kind: NodeKind) => frontier.filter((node) => node.kind === kind).map(({ id }) => id);
    const below = await db.many(readFoundations, {
      artifactIds: of('artifact'),
      stepIds: of('step'),
      runIds: of('run'),
    });
    const made = ledger.among(below.map(({ kind, id }) => nodeKey(kind, id)));
    frontier = below
      .filter(({ kind, id }) => made.has(nodeKey(kind, id)))
      .map((node) => ({ ...node, reason: 'something that stays was made from it or by it' }));
  }
  return all;
}
