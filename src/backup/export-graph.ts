import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Context } from '../context.js';
import { schemaStatus } from '../db/schema-status.js';
import { statement } from '../db/statement.js';
import { Conflict } from '../errors.js';
import type { BackupCounts, BackupEnd, BackupHeader } from './backup-line.js';
import { findProgress } from './import-progress.js';
import { readGraph, type GraphLines } from './read-graph.js';
import { withScratchFolder } from './scratch-folder.js';
import { SortedLines } from './sorted-lines.js';
import { readMark } from './stream-rows.js';

const countGraph = statement('backup/count-graph.cypher', {
  params: z.object({}),
  row: z.object({ nodes: z.number(), relationships: z.number() }),
});

export type ExportReport = BackupCounts & BackupEnd;

export interface ExportOptions {
  /** Nodes and relationships read (`reading`, begun again where somebody wrote meanwhile) or lines written. */
  onProgress?: (phase: 'reading' | 'writing', done: number, total: number) => void;
  signal?: AbortSignal;
  /** Characters sorted in memory at once. */
  sortSize?: number;
}

/** How often the graph is read in the hope that nobody writes meanwhile. */
const attempts = 3;

/**
 * Gives the whole graph, but its schema, to `write` as text: lines of JSON in an order that depends on nothing but the
 * graph, so that equal graphs give equal bytes. It is one state of the graph, not a mixture: the graph is read again
 * when something was committed meanwhile. What does not fit in memory is sorted in files under the store's scratch folder.
 * @returns how many of each, and the end line's digest
 * @throws Conflict when writers do not rest long enough, when an import is unfinished, or for a value that no line can
 * carry; Unavailable
 */
export async function exportGraph(
  ctx: Pick<Context, 'db' | 'content'>,
  write: (text: AsyncIterable<string>) => Promise<void>,
  options: ExportOptions = {},
): Promise<ExportReport> {
  if (await findProgress(ctx.db)) {
    throw new Conflict('an import into this database is unfinished; finish it before exporting');
  }
  return withScratchFolder(ctx.content.scratchDir, async (folder) => {
    const { lines, counts } = await readAtRest(ctx.db, folder, options);
    const { version } = await schemaStatus(ctx.db.driver, ctx.db.name);
    const { nodes, bornWith, relationships } = lines;
    const header: BackupHeader = {
      'artifact-graph': 1,
      schema: version,
      lines: 1 + nodes.length + bornWith.length + relationships.length,
      ...inOrder(counts),
    };
    const text = new ExportText(header, lines, options);
    await write(text.read());
    return { ...inOrder(counts), ...text.end };
  });
}

async function readAtRest(
  db: Context['db'],
  folder: string,
  { onProgress, signal, sortSize }: ExportOptions,
): Promise<{ lines: GraphLines; counts: BackupCounts }> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const before = await readMark(db);
    const { nodes, relationships } = await db.one(countGraph, {});
    const lines: GraphLines = {
      nodes: new SortedLines(folder, `${attempt}-nodes`, sortSize),
      bornWith: new SortedLines(folder, `${attempt}-born-with`, sortSize),
      relationships: new SortedLines(folder, `${attempt}-relationships`, sortSize),
    };
    const total = nodes + relationships;
    const counts = await readGraph(db, lines, {
      onProgress: (done) => onProgress?.('reading', done, total),
      signal,
    });
    if ((await readMark(db)) === before) return { lines, counts };
    await Promise.all(Object.values(lines).map((some: SortedLines) => some.discard()));
  }
  throw new Conflict(
    `the graph was written to each of the ${attempts} times that it was read; export it while nobody writes`,
  );
}

function inOrder({ nodes, relationships }: BackupCounts): BackupCounts {
  const sorted = (counts: Record<string, number>) => Object.fromEntries(Object.entries(counts).sort());
  return { nodes: sorted(nodes), relationships: sorted(relationships) };
}

/** The text of an export; `end` is known once all of it was read. */
class ExportText {
  private readonly hash = createHash('sha256');
  private lines = 0;
  end: BackupEnd = { lines: 0, sha256: '' };

  constructor(
    private readonly header: BackupHeader,
    private readonly graph: GraphLines,
    private readonly options: ExportOptions,
  ) {}

  /** Pieces of some 64 KiB: a write for each line would cost more than the line. */
  async *read(): AsyncGenerator<string> {
    const { onProgress, signal } = this.options;
    let piece = '';
    for await (const line of this.all()) {
      signal?.throwIfAborted();
      this.lines++;
      piece += `${line}\n`;
      if (piece.length < 65_536) continue;
      this.hash.update(piece);
      yield piece;
      piece = '';
      onProgress?.('writing', this.lines, this.header.lines);
    }
    this.hash.update(piece);
    this.end = { lines: this.lines, sha256: this.hash.digest('hex') };
    yield `${piece}${JSON.stringify({ end: this.end })}\n`;
    onProgress?.('writing', this.lines, this.header.lines);
  }

  private async *all(): AsyncGenerator<string> {
    yield JSON.stringify(this.header);
    yield* this.graph.nodes.read();
    yield* this.graph.bornWith.read();
    yield* this.graph.relationships.read();
  }
}
