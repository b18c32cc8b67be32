import { createReadStream } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { textLines } from './text-lines.js';

/** Characters that are sorted in memory at once; more become a file each. */
const defaultRunSize = 16 * 1024 * 1024;

/**
 * Lines in the order of their keys, then of their text (both by code unit), however many they are: what does not fit in
 * memory is sorted in runs on disk, which are merged while they are read. Neither keys nor lines hold a tab or line feed.
 */
export class SortedLines {
  private pending: string[] = [];
  private pendingSize = 0;
  private readonly runs: string[] = [];
  private added = 0;

  /** `folder` exists and is this one's alone, `name` is unlike that of any other in it. */
  constructor(
    private readonly folder: string,
    private readonly name: string,
    private readonly runSize = defaultRunSize,
  ) {}

  get length(): number {
    return this.added;
  }

  async add(key: string, line: string): Promise<void> {
    const entry = `${key}\t${line}`;
    this.pending.push(entry);
    this.added++;
    this.pendingSize += entry.length;
    if (this.pendingSize >= this.runSize) await this.writeRun();
  }

  private async writeRun(): Promise<void> {
    const file = join(this.folder, `${this.name}-${this.runs.length}`);
    this.runs.push(file);
    const entries = this.pending.sort();
    this.pending = [];
    this.pendingSize = 0;
    await writeFile(file, inPieces(entries));
  }

  /** All of them, once nothing is added any more. May be read again. */
  async *read(): AsyncGenerator<string> {
    const sources = [readAll(this.pending.sort()), ...this.runs.map(readRun)];
    for await (const entry of merge(sources)) yield entry.slice(entry.indexOf('\t') + 1);
  }

  async discard(): Promise<void> {
    this.pending = [];
    await Promise.all(this.runs.splice(0).map((file) => rm(file, { force: true })));
  }
}

/** Few large strings rather than many small ones: each becomes a write of its own. */
function* inPieces(entries: readonly string[]): Generator<string> {
  for (let at = 0; at < entries.length; at += 1000) yield `${entries.slice(at, at + 1000).join('\n')}\n`;
}

// eslint-disable-next-line @typescript-eslint/require-await -- merge() reads memory and files alike
async function* readAll(entries: readonly string[]): AsyncGenerator<string> {
  yield* entries;
}

function readRun(file: string): AsyncGenerator<string> {
  return textLines(createReadStream(file, { highWaterMark: 256 * 1024 }));
}

async function* merge(sources: AsyncGenerator<string>[]): AsyncGenerator<string> {
  const heads = await Promise.all(sources.map(async (source) => ({ source, next: await source.next() })));
  let open = heads.filter(({ next }) => !next.done);
  while (open.length > 0) {
    const least = open.reduce((a, b) => (b.next.value < a.next.value ? b : a));
    yield least.next.value;
    least.next = await least.source.next();
    if (least.next.done) open = open.filter((head) => head !== least);
  }
}
