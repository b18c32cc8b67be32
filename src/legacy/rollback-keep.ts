import { z } from 'zod';
import type { Context } from '../context.js';
import { statement } from '../db/statement.js';
import { splitKey, splitTypedKey } from '../model/keys.js';
import type { Ledger } from './write/ledger.js';
import type { GraphReader } from './write/remember-imports.js';

const ids = z.array(z.string());
const list = ids.nullable().transform((value) => value ?? []);
const nodeKinds = ['artifact', 'step', 'run', 'story'] as const;
const nodeKind = z.enum(nodeKinds);
type NodeKind = z.infer<typeof nodeKind>;
export const nodeIds = z.object({ artifactIds: ids, stepIds: ids, runIds: ids, storyIds: ids });

/** Ids of nodes by their kind. */
type NodeIds = z.infer<typeof nodeIds>;

const pageStatement = statement('legacy/page-imports.cypher', {
  params: z.object({ source: z.string(), after: z.string(), limit: z.number().int() }),
  row: z.object({
    key: z.string(),
    /** The story that it added fields to. */
    addedTo: z.string().nullable(),
    artifactIds: list,
    stepIds: list,
    runIds: list,
    storyIds: list,
    linkKeys: list,
    relationKeys: list,
    stageKeys: list,
  }),
});
const readUses = statement('legacy/read-uses.cypher', {
  params: nodeIds,
  row: z.object({ kind: nodeKind, id: z.string(), type: z.string(), name: z.string(), other: z.string() }),
});
const readFoundations = statement('legacy/read-foundations.cypher', {
  params: nodeIds.omit({ storyIds: true }),
  row: z.object({ kind: nodeKind, id: z.string() }),
});

/** Everything that one import made, by id or key. */
export type MadeByImport = z.output<typeof pageStatement.row>;

/** The records of all imports from one old database, a page at a time. Those of a page may be deleted before the next. */
export async function* pageImports(
  { db }: Context,
  source: string,
  limit: number,
): AsyncGenerator<MadeByImport[]> {
  for (let after = ''; ;) {
    const page = await db.many(pageStatement, { source, after, limit });
    const last = page.at(-1);
    if (!last) return;
    yield page;
    after = last.key;
  }
}

/** An imported node that stays, and why. */
export interface KeptNode {
  kind: NodeKind;
  id: string;
  reason: string;
}

const nodeKey = ({ kind, id }: { kind: NodeKind; id: string }) => `node ${kind} ${id}`;
const edgeKey = (name: string) => `edge ${name}`;
const keptKey = ({ kind, id }: { kind: NodeKind; id: string }) => `kept ${kind} ${id}`;

const byKind = (idsOf: (kind: NodeKind) => string[]): NodeIds => ({
  artifactIds: idsOf('artifact'),
  stepIds: idsOf('step'),
  runIds: idsOf('run'),
  storyIds: idsOf('story'),
});

type MadeList = Exclude<keyof MadeByImport, 'key' | 'addedTo'>;
const allOf = (page: readonly MadeByImport[], list: MadeList) => page.flatMap((made) => made[list]);
const idsOfKind = (page: readonly MadeByImport[], kind: NodeKind) => allOf(page, `${kind}Ids`);

/** Notes everything that these imports made, so that it is told from what others made. */
export function noteMade(ledger: Ledger, page: readonly MadeByImport[]): void {
  const nodes = nodeKinds.flatMap((kind) => idsOfKind(page, kind).map((id) => nodeKey({ kind, id })));
  const edges = (['linkKeys', 'relationKeys', 'stageKeys'] as const).flatMap((list) => allOf(page, list));
  ledger.add([...nodes, ...edges.map(edgeKey)]);
}

/** Those of the nodes that nothing keeps. */
function unkept(ledger: Ledger, kind: NodeKind, candidates: readonly string[]): string[] {
  const kept = ledger.among(candidates.map((id) => keptKey({ kind, id })));
  return candidates.filter((id) => !kept.has(keptKey({ kind, id })));
}

/** What of these imports' nodes nothing keeps. */
export const unkeptNodes = (ledger: Ledger, page: readonly MadeByImport[]): NodeIds =>
  byKind((kind) => unkept(ledger, kind, idsOfKind(page, kind)));

/** `storyId|artifactId|role` and `runId|artifactId|stage` have the artifact in the middle; ids hold no `|`. */
const middleOf = (key: string) => splitKey(key).slice(1, 2);
const endsOf = (typed: string) => splitKey(splitTypedKey(typed).key);

/** The imports' edges, but for those that join what stays: without them it would not be what others use. */
export function unkeptEdges(ledger: Ledger, page: readonly MadeByImport[]) {
  const among = (keys: string[], artifactsOf: (key: string) => string[]) => {
    const loose = new Set(unkept(ledger, 'artifact', [...new Set(keys.flatMap(artifactsOf))]));
    return keys.filter((key) => artifactsOf(key).every((id) => loose.has(id)));
  };
  return {
    linkKeys: among(allOf(page, 'linkKeys'), middleOf),
    stageKeys: among(allOf(page, 'stageKeys'), middleOf),
    relationKeys: among(allOf(page, 'relationKeys'), endsOf),
  };
}

/** Nodes of these imports that somebody else joined something to, and that are not kept yet. */
export async function findUsedByOthers(
  reader: GraphReader,
  ledger: Ledger,
  page: readonly MadeByImport[],
): Promise<KeptNode[]> {
  const uses = await reader.many(
    readUses,
    byKind((kind) => idsOfKind(page, kind)),
  );
  const ours = ledger.among(uses.map(madeName));
  const foreign = new Map(uses.filter((use) => !ours.has(madeName(use))).map((use) => [keptKey(use), use]));
  const kept = ledger.among([...foreign.keys()]);
  return [...foreign.values()]
    .filter((use) => !kept.has(keptKey(use)))
    .map(({ kind, id, type, other }) => ({
      kind,
      id,
      reason: `${type} joins it to ${other}, which the import did not make`,
    }));
}

const joiners: Record<string, NodeKind> = {
  USED: 'step',
  STEP_OF: 'step',
  CREATED_BY: 'artifact',
  RUN_OF: 'run',
};

/** What the ledger calls the thing that this use would be, had an import made it. */
function madeName({ type, name }: { type: string; name: string }): string {
  const kind = joiners[type];
  return kind ? nodeKey({ kind, id: name }) : edgeKey(name);
}

/**
 * Marks nodes as kept, and with them what they stand on: an artifact's sources and step, a step's run, a run's story.
 * @returns all that were newly kept
 */
export async function keep({ db }: Context, ledger: Ledger, seeds: readonly KeptNode[]): Promise<KeptNode[]> {
  const all: KeptNode[] = [];
  let frontier = [...seeds];
  while (frontier.length > 0) {
    const fresh = ledger.add(frontier.map(keptKey));
    frontier = frontier.filter((node) => fresh.delete(keptKey(node)));
    all.push(...frontier);
    const below = await db.many(
      readFoundations,
      byKind((kind) => frontier.filter((node) => node.kind === kind).map(({ id }) => id)),
    );
    const made = ledger.among(below.map(nodeKey));
    frontier = below
      .filter((node) => made.has(nodeKey(node)))
      .map((node) => ({ ...node, reason: 'something that stays was made from it or by it' }));
  }
  return all;
}
