import { Presets, SingleBar } from 'cli-progress';
import { printable } from '../model/text.js';

/** Where a command writes: results to stdout, everything else to stderr; nothing recorded can steer the terminal. */
export interface Terminal {
  /** True with --json: results are one JSON document, or one JSON line each for what streams. */
  readonly json: boolean;
  readonly signal: AbortSignal;
  result(text: string): void;
  note: (line: string) => void;
  progress(label: string, total?: number): ProgressBar;
}

export interface ProgressBar {
  update(done: number, total?: number): void;
  stop(): void;
}

/** Elsewhere than on a terminal a line says where things stand, this often at most. */
const plainEveryMs = 2_000;

class PlainProgress implements ProgressBar {
  private last = 0;
  private latest = '';

  constructor(
    private readonly label: string,
    private total: number | undefined,
  ) {}

  update(done: number, total = this.total): void {
    this.total = total;
    this.latest = `${this.label}: ${done}${total === undefined ? '' : ` of ${total}`}`;
    if (Date.now() - this.last < plainEveryMs) return;
    this.last = Date.now();
    this.print();
  }

  stop(): void {
    if (this.latest) this.print();
  }

  private print(): void {
    process.stderr.write(`${printable(this.latest)}\n`);
    this.latest = '';
  }
}

class TerminalProgress implements ProgressBar {
  private readonly bar: SingleBar;

  constructor(label: string, total: number | undefined) {
    const format = `${label} {bar} {percentage}% {value} of {total} {duration_formatted}`;
    this.bar = new SingleBar({ format, stream: process.stderr, hideCursor: true }, Presets.shades_classic);
    this.bar.start(total ?? 0, 0);
  }

  update(done: number, total?: number): void {
    if (total !== undefined) this.bar.setTotal(total);
    this.bar.update(done);
  }

  stop(): void {
    this.bar.stop();
  }
}

export function openTerminal(json: boolean, signal: AbortSignal): Terminal {
  return {
    json,
    signal,
    result: (text) => void process.stdout.write(printable(text.endsWith('\n') ? text : `${text}\n`)),
    note: (line) => void process.stderr.write(`${printable(line)}\n`),
    progress: (label, total) =>
      process.stderr.isTTY ? new TerminalProgress(label, total) : new PlainProgress(label, total),
  };
}
