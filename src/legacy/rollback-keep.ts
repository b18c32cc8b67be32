import { z } from 'zod';
import type { Database } from '../db/database.js';
import { statement } from '../db/statement.js';
import { splitKey, splitTypedKey } from '../model/keys.js';
import { Ledger } from './write/ledger.js';
import type { GraphReader } from './write/remember-imports.js';

/** Nodes by kind and id, `artifact X`; relationships by type and key, `LINKED_AS X|Y|cover`. */
const names = z.array(z.string());

const pageStatement = statement('legacy/page-imports.cypher', {
  params: z.object({ source: z.string(), after: z.string(), limit: z.number().int() }),
  row: z.object({ key: z.string(), addedTo: z.string().nullable(), nodes: names, edges: names }),
});
const readUses = statement('legacy/read-uses.cypher', {
  params: z.object({ nodes: names }),
  row: z.object({ node: z.string(), type: z.string(), joiner: z.string(), other: z.string() }),
});
const readFoundations = statement('legacy/read-foundations.cypher', {
  params: z.object({ nodes: names }),
  row: z.object({ node: z.string() }),
});

/** Everything that one import made; `addedTo` is the story of others that it added fields to. */
export type MadeByImport = z.output<typeof pageStatement.row>;

/** A node that stays, for the report. */
export interface KeptNode {
  kind: string;
  id: string;
  reason: string;
}

type Kept = { node: string; reason: string };

/** Imports taken back in one transaction. */
const pageSize = 200;

const keptName = (node: string) => `kept ${node}`;
const nodesOf = (page: readonly MadeByImport[]) => page.flatMap(({ nodes }) => nodes);

/** `story|artifact|role` and `run|artifact|stage` have the artifact in the middle; a relation has one at each end. */
function artifactsOf(edge: string): string[] {
  const { type, key } = splitTypedKey(edge);
  const ids = splitKey(key);
  return (type === 'LINKED_AS' || type === 'RECORDED' ? ids.slice(1, 2) : ids).map((id) => `artifact ${id}`);
}

/** Everything that the imports from one old database made, and what of it stays: on disk, in a ledger. */
export class MadeByImports {
  readonly #ledger = new Ledger();

  constructor(
    private readonly db: Database,
    private readonly source: string,
  ) {}

  /** The records of all imports, a page at a time. Those of a page may be deleted before the next. */
  async *pages(): AsyncGenerator<MadeByImport[]> {
    for (let after = ''; ;) {
      const page = await this.db.many(pageStatement, { source: this.source, after, limit: pageSize });
      const last = page.at(-1);
      if (!last) return;
      yield page;
      after = last.key;
    }
  }

  /** Notes everything that these imports made, so that it is told from what others made. */
  note(page: readonly MadeByImport[]): void {
    this.#ledger.add(page.flatMap(({ nodes, edges }) => [...nodes, ...edges]));
  }

  /** What of these imports is to go: nodes that nothing keeps, and edges, but for those that join what stays. */
  unkeptOf(page: readonly MadeByImport[]): { nodes: string[]; edges: string[] } {
    const edges = page.flatMap((made) => made.edges);
    const loose = new Set(this.#unkept([...new Set(edges.flatMap(artifactsOf))]));
    return {
      nodes: this.#unkept(nodesOf(page)),
      edges: edges.filter((edge) => artifactsOf(edge).every((artifact) => loose.has(artifact))),
    };
  }

  /** Nodes of these imports that somebody else joined something to, and that are not kept yet. */
  async usedByOthers(reader: GraphReader, page: readonly MadeByImport[]): Promise<Kept[]> {
    const uses = await reader.many(readUses, { nodes: nodesOf(page) });
    const ours = this.#ledger.among(uses.map(({ joiner }) => joiner));
    const foreign = new Map(uses.filter(({ joiner }) => !ours.has(joiner)).map((use) => [use.node, use]));
    return this.#unkept([...foreign.keys()]).map((node) => {
      const use = foreign.get(node);
      return { node, reason: `${use?.type} joins it to ${use?.other}, which the import did not make` };
    });
  }

  /**
   * Marks nodes as kept, and with them what they stand on: an artifact's sources and step, a step's run, a run's story.
   * @returns all that were newly kept
   */
  async keep(nodes: readonly Kept[]): Promise<KeptNode[]> {
    const all: Kept[] = [];
    for (let frontier = nodes; frontier.length > 0;) {
      const fresh = this.#ledger.add(frontier.map(({ node }) => keptName(node)));
      const added = frontier.filter(({ node }) => fresh.delete(keptName(node)));
      all.push(...added);
      const below = await this.db.many(readFoundations, { nodes: added.map(({ node }) => node) });
      const made = this.#ledger.among(below.map(({ node }) => node));
      const reason = 'something that stays was made from it or by it';
      frontier = [...made].map((node) => ({ node, reason }));
    }
    return all.map(({ node, reason }) => {
      const { type: kind, key: id } = splitTypedKey(node);
      return { kind, id, reason };
    });
  }

  close(): void {
    this.#ledger.close();
  }

  /** Those of the nodes that nothing keeps. */
  #unkept(nodes: readonly string[]): string[] {
    const kept = this.#ledger.among(nodes.map(keptName));
    return nodes.filter((node) => !kept.has(keptName(node)));
  }
}
