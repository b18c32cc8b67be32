import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Command } from 'commander';
import { writeBackupFile } from '../backup/backup-file.js';
import { exportGraph, type ExportReport } from '../backup/export-graph.js';
import type { Context } from '../context.js';
import { withService, type CommandDeps } from './command-deps.js';
import type { ProgressBar, Terminal } from './terminal.js';

export function exportCommand(deps: CommandDeps): Command {
  return new Command('export')
    .description('write the whole graph, without the media bytes, to a file; equal graphs give equal files')
    .argument('<file>', 'NDJSON; compressed when the name ends in .gz; - for stdout')
    .option('--json', 'print one JSON document (on stderr when FILE is -)')
    .action(async (file: string, options: { json?: boolean }) => {
      const terminal = deps.terminal(options);
      const report = await withService(deps, terminal, ({ ctx }) =>
        file === '-' ? toStdout(ctx, terminal) : toFile(ctx, file, terminal),
      );
      const text = terminal.json ? JSON.stringify({ file, ...report }, null, 2) : describe(file, report);
      if (file === '-') terminal.note(text);
      else terminal.result(text);
    });
}

function toFile(ctx: Context, file: string, terminal: Terminal): Promise<ExportReport> {
  return writeBackupFile(file, (write) => exporting(ctx, write, terminal));
}

function toStdout(ctx: Context, terminal: Terminal): Promise<ExportReport> {
  const write = (text: AsyncIterable<string>) =>
    pipeline(Readable.from(text, { objectMode: false }), process.stdout, { end: false });
  return exporting(ctx, write, terminal);
}

async function exporting(
  ctx: Context,
  write: (text: AsyncIterable<string>) => Promise<void>,
  terminal: Terminal,
): Promise<ExportReport> {
  const bars = new Map<string, ProgressBar>();
  const labels = { reading: 'nodes and relationships read', writing: 'lines written' };
  const bar = (phase: keyof typeof labels, total: number) => {
    const there = bars.get(phase);
    if (there) return there;
    for (const earlier of bars.values()) earlier.stop();
    const made = terminal.progress(labels[phase], total);
    bars.set(phase, made);
    return made;
  };
  try {
    return await exportGraph(ctx, write, {
      onProgress: (phase, done, total) => bar(phase, total).update(done, total),
      signal: terminal.signal,
    });
  } finally {
    for (const made of bars.values()) made.stop();
  }
}

function describe(file: string, { nodes, relationships, lines, sha256 }: ExportReport): string {
  const listed = (counts: Record<string, number>) =>
    Object.entries(counts).map(([name, count]) => `${String(count).padStart(9)}  ${name}`);
  return [
    ...listed(nodes),
    ...listed(relationships),
    `${lines} lines in ${file === '-' ? 'all' : file}, sha256 ${sha256} of them`,
  ].join('\n');
}
