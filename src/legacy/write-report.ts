import { createWriteStream, openSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { InvalidInput } from '../errors.js';
import { reasonOf } from './source/file-trouble.js';
import type { ImportSummary, RowReport } from './import-report.js';
import type { FileReport } from './media/file-report.js';

/** Takes the lines of a report as they come. */
export interface LineSink {
  write(line: string): Promise<void> | void;
}

/**
 * The report as one JSON document (`importReport`), written line by line while the import runs, so that its memory does
 * not grow with the number of stories. Stories come first, then the others, then the counts.
 */
export class JsonReport {
  #part: 'none' | 'stories' | 'others' = 'none';
  #separator = '';

  constructor(private readonly sink: LineSink) {}

  async add(report: RowReport): Promise<void> {
    await this.#enter('story_id' in report ? 'stories' : 'others');
    await this.sink.write(`${this.#separator}${JSON.stringify(report)}`);
    this.#separator = ',';
  }

  async end(summary: ImportSummary): Promise<void> {
    await this.#enter('others');
    await this.sink.write(`],\n${JSON.stringify(summary).slice(1)}`);
  }

  async #enter(part: 'stories' | 'others'): Promise<void> {
    if (this.#part === 'none') await this.#open('{"stories": [', 'stories');
    if (part === 'others' && this.#part === 'stories') await this.#open('],\n"others_list": [', 'others');
  }

  async #open(line: string, part: 'stories' | 'others'): Promise<void> {
    await this.sink.write(line);
    this.#part = part;
    this.#separator = '';
  }
}

/** A file that appears under its name only when it is complete. */
export class ReportFile implements LineSink {
  readonly #stream;

  /** @throws InvalidInput when it cannot be written */
  constructor(private readonly path: string) {
    try {
      this.#stream = createWriteStream(path, { fd: openSync(`${path}.part`, 'w') });
    } catch (cause) {
      const message = `the report ${path} cannot be written: ${reasonOf(cause)}`;
      throw new InvalidInput(message, [{ path: 'report', message }], 'invalid_input', { cause });
    }
    // A write that fails is met by whoever writes next, or by `close`.
    this.#stream.on('error', () => undefined);
  }

  async write(line: string): Promise<void> {
    if (this.#stream.errored) throw this.#stream.errored;
    if (!this.#stream.write(`${line}\n`)) await once(this.#stream, 'drain');
  }

  async close(): Promise<void> {
    this.#stream.end();
    await finished(this.#stream);
    await rename(`${this.path}.part`, this.path);
  }

  /** Gives up: what was written stays under the name with `.part`. */
  abandon(): void {
    this.#stream.destroy();
  }
}

/** A story or other row for people: one line, and one for each problem and each file that is not simply stored. */
export function describeReport(report: RowReport): string[] {
  const name = 'story_id' in report ? `story ${report.story_id}` : `${report.kind} ${report.id}`;
  return [
    `${name}: ${report.outcome}${report.reason ? ` (${report.reason})` : ''}`,
    ...(report.problems ?? []).map((problem) => `  ${problem}`),
    ...report.files
      .filter(isTroubled)
      .map(({ path, outcome, reason }) => `  ${outcome}: ${path}${reason ? ` (${reason})` : ''}`),
  ];
}

const isTroubled = ({ outcome, reason }: FileReport) => outcome !== 'stored' || reason !== undefined;

/** True when there is more to say of it than that it was imported, or was before. */
export function isRemarkable(report: RowReport): boolean {
  return report.outcome === 'failed' || (report.problems ?? []).length > 0 || report.files.some(isTroubled);
}

/** The counts for people. */
export function describeSummary(summary: ImportSummary): string[] {
  const { total, imported, skipped, failed, others, files } = summary;
  const would = summary.dry_run ? 'would be ' : '';
  const fileCounts = Object.entries(files).map(([outcome, count]) => `${count} ${outcome}`);
  return [
    `${total} stories: ${imported} ${would}imported, ${skipped} skipped, ${failed} failed`,
    ...(others.total > 0
      ? [
          `${others.total} rows outside of stories: ${others.imported} ${would}imported, ${others.skipped} skipped, ${others.failed} failed`,
        ]
      : []),
    `${summary.artifacts} artifacts, ${summary.contents} contents, ${summary.links} links, ${summary.relations} relations, ${summary.runs} runs ${would}made`,
    ...(fileCounts.length > 0 ? [`files: ${fileCounts.join(', ')}`] : []),
  ];
}
