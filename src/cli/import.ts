import { Command } from 'commander';
import { readBackupFile } from '../backup/backup-file.js';
import { importGraph, type ImportReport } from '../backup/import-graph.js';
import { checkBackup } from '../backup/read-backup.js';
import { textLines } from '../backup/text-lines.js';
import type { Context } from '../context.js';
import { withService, type CommandDeps } from './command-deps.js';
import type { Terminal } from './terminal.js';

export function importCommand(deps: CommandDeps): Command {
  return new Command('import')
    .description('restore an export into an empty database; run again to go on with one that was interrupted')
    .argument('<file>', 'made by export; compressed when the name ends in .gz; - for stdin')
    .option('--json', 'print one JSON document')
    .action(async (file: string, options: { json?: boolean }) => {
      const terminal = deps.terminal(options);
      if (file !== '-') await checkFile(file, terminal);
      const report = await withService(deps, terminal, ({ ctx }) => {
        const lines = file === '-' ? textLines(process.stdin) : readBackupFile(file);
        return importing(ctx, lines, terminal);
      });
      terminal.result(terminal.json ? JSON.stringify(inJson(report), null, 2) : describe(report));
    });
}

/** Before anything is started or written: a damaged file leaves the database as it was. */
async function checkFile(file: string, terminal: Terminal): Promise<void> {
  const bar = terminal.progress('lines checked');
  try {
    await checkBackup(readBackupFile(file), (done) => {
      terminal.signal.throwIfAborted();
      bar.update(done);
    });
  } finally {
    bar.stop();
  }
}

async function importing(
  ctx: Context,
  lines: AsyncIterable<string>,
  terminal: Terminal,
): Promise<ImportReport> {
  const bar = terminal.progress('lines imported');
  try {
    return await importGraph(ctx, lines, {
      onProgress: (done, total) => bar.update(done, total),
      signal: terminal.signal,
    });
  } finally {
    bar.stop();
  }
}

const inJson = ({ resumedAfterLine, ...report }: ImportReport) => ({
  ...report,
  resumed_after_line: resumedAfterLine,
});

function describe({ lines, nodes, relationships, resumedAfterLine }: ImportReport): string {
  const sum = (counts: Record<string, number>) =>
    Object.values(counts).reduce((total, some) => total + some, 0);
  const resumed = resumedAfterLine > 0 ? `, of which ${resumedAfterLine} lines were there already` : '';
  return [
    `restored ${sum(nodes)} nodes and ${sum(relationships)} relationships from ${lines} lines${resumed}`,
    'the media bytes are not part of an export: artifact-graph verify --bytes tells which are missing',
  ].join('\n');
}
