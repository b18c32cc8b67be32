import { createWriteStream, openSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { InvalidInput } from '../errors.js';
import { reasonOf } from '../legacy/source/file-trouble.js';
import { printable } from '../model/text.js';
import type { ImportSummary, RowReport } from '../legacy/import-report.js';

/** Takes the lines of a report as they come. */
export interface LineSink {
  write(line: string): Promise<void> | void;
}

/**
 * The report as one JSON document (`importReport`), written line by line while the import runs, so that its memory does
 * not grow with the number of stories. Stories come first, then the others, then the counts.
 */
export class JsonReport {
  #list: 'stories' | 'others_list' | null = null;

  constructor(private readonly sink: LineSink) {}

  async add(report: RowReport): Promise<void> {
    await this.sink.write(
      `${this.#lead('story_id' in report ? 'stories' : 'others_list')}${printable(JSON.stringify(report))}`,
    );
  }

  async end(summary: ImportSummary): Promise<void> {
    const lead = this.#list === 'others_list' ? '' : this.#lead('others_list');
    await this.sink.write(`${lead}],\n${JSON.stringify(summary).slice(1)}`);
  }

  /** What stands before the next item of a list. */
  #lead(list: 'stories' | 'others_list'): string {
    if (this.#list === list) return ',';
    const before = this.#list === null ? '{"stories": [' : '';
    this.#list = list;
    return list === 'stories' ? before : `${before}],\n"others_list": [`;
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
