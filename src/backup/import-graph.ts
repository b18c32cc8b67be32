import { z } from 'zod';
import type { Context } from '../context.js';
import { schemaStatus } from '../db/schema-status.js';
import { statement } from '../db/statement.js';
import { Conflict, InvalidInput } from '../errors.js';
import { wrongLine, type BackupCounts, type BackupHeader } from './backup-line.js';
import { advanceProgress, endProgress, findProgress, type LinesWritten } from './import-progress.js';
import { readBackup, type NumberedLine } from './read-backup.js';
import { writeLines, type NumberedGraphLine } from './write-lines.js';

const listContents = statement('backup/list-contents-of-graph.cypher', {
  params: z.object({}),
  row: z.object({ label: z.string(), count: z.number() }),
});

export interface ImportReport extends BackupCounts {
  lines: number;
  /** Lines that an earlier, interrupted import had written. */
  resumedAfterLine: number;
}

export interface RestoreOptions {
  /** Lines written so far, of how many. */
  onProgress?: (done: number, total: number) => void;
  signal?: AbortSignal;
  /** Lines a transaction, 1,000 unless told. */
  batchSize?: number;
}

const batchLines = 1_000;
/** Characters of one transaction's lines, roughly: a single line may be longer. */
const batchCharacters = 4_000_000;

/**
 * Restores an export into an empty database that has the schema. Lines are written in transactions; each moves a mark
 * on, so that an import that was interrupted goes on where it was when the same export is imported again.
 * The guards look at every line as they do at any other write. Nothing but the lines is recorded, so that exporting
 * again gives the same bytes.
 * @param lines without their line feeds; see checkBackup for knowing first that they are right
 * @throws Conflict when the database is not empty, naming what is there, or holds part of another import, or refuses
 * a line; InvalidInput for a wrong line; Unavailable
 */
export async function importGraph(
  ctx: Pick<Context, 'db'>,
  lines: AsyncIterable<string>,
  options: RestoreOptions = {},
): Promise<ImportReport> {
  const begun = await findProgress(ctx.db);
  if (!begun) await refuseContents(ctx);
  const importing = new GraphImport(ctx, begun, options);
  for await (const line of readBackup(lines)) await importing.take(line);
  return importing.finish();
}

async function refuseContents({ db }: Pick<Context, 'db'>): Promise<void> {
  const there = await db.many(listContents, {});
  if (there.length === 0) return;
  const contents = there.map(({ label, count }) => `${count} ${label}`).join(', ');
  throw new Conflict(
    `the database is not empty, it holds ${contents}; import into an empty one`,
    'conflict',
    {
      contents: there,
    },
  );
}

type ImportedLine = NumberedGraphLine & LinesWritten;

/** One pass over the lines of an export: those that are in the database already are compared, the others are written. */
class GraphImport {
  private header: BackupHeader | null = null;
  private batch: ImportedLine[] = [];
  private batchLength = 0;
  private written: number;

  constructor(
    private readonly ctx: Pick<Context, 'db'>,
    private readonly begun: LinesWritten | null,
    private readonly options: RestoreOptions,
  ) {
    this.written = begun?.lines ?? 0;
  }

  async take({ number, line, length, digest }: NumberedLine): Promise<void> {
    this.options.signal?.throwIfAborted();
    if (line.kind === 'header') await this.checkHeader(line.header);
    if (number === this.begun?.lines && digest() !== this.begun.sha256) throw anotherImport(number);
    if (line.kind === 'header' || number <= (this.begun?.lines ?? 0)) return;
    this.batch.push({ number, line, lines: number, sha256: digest() });
    this.batchLength += length;
    if (this.batch.length >= (this.options.batchSize ?? batchLines) || this.batchLength >= batchCharacters) {
      await this.writeBatch();
    }
  }

  async finish(): Promise<ImportReport> {
    await this.writeBatch();
    if (!this.header) throw new InvalidInput('there are no lines');
    if (this.begun && this.header.lines < this.begun.lines) throw anotherImport(this.begun.lines);
    await endProgress(this.ctx.db);
    const { lines, nodes, relationships } = this.header;
    return { lines, nodes, relationships, resumedAfterLine: this.begun?.lines ?? 0 };
  }

  private async checkHeader(header: BackupHeader): Promise<void> {
    this.header = header;
    const { version } = await schemaStatus(this.ctx.db.driver, this.ctx.db.name);
    if (header.schema <= version) return;
    throw wrongLine(
      1,
      'schema',
      `${header.schema} is newer than this program's ${version}: import it with a newer one`,
    );
  }

  private async writeBatch(): Promise<void> {
    const batch = this.batch;
    this.batch = [];
    this.batchLength = 0;
    try {
      await this.write(batch);
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      // Nothing of it was written. One line at a time goes as far as it can, and finds the line that is refused.
      for (const line of batch)
        await this.write([line]).catch((cause: unknown) => refuseLine(line.number, cause));
    }
  }

  private async write(batch: readonly ImportedLine[]): Promise<void> {
    const last = batch.at(-1);
    if (!last) return;
    const to = { lines: last.lines, sha256: last.sha256 };
    await this.ctx.db.write(async (tx) => {
      await advanceProgress(tx, this.written, to);
      await writeLines(tx, batch);
    });
    this.written = to.lines;
    this.options.onProgress?.(to.lines, this.header?.lines ?? to.lines);
  }
}

function anotherImport(lines: number): Conflict {
  return new Conflict(
    `the database holds the first ${lines} lines of another export, whose import was interrupted; import that one again, or use an empty database`,
  );
}

function refuseLine(number: number, cause: unknown): never {
  if (!(cause instanceof Conflict)) throw cause;
  throw new Conflict(
    `line ${number}: ${cause.message}`,
    cause.code,
    { ...cause.facts, line: number },
    { cause },
  );
}
