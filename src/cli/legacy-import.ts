import { Command, InvalidArgumentError } from 'commander';
import type { Context } from '../context.js';
import { importLegacy } from '../legacy/import-legacy.js';
import type { ImportOptions } from '../legacy/import-legacy.js';
import type { ImportSummary, RowReport } from '../legacy/import-report.js';
import type { LegacyTables } from '../legacy/source/legacy-tables.js';
import { JsonReport, ReportFile } from './write-report.js';
import { withService, type CommandDeps } from './command-deps.js';
import { describeReport, describeSummary, isRemarkable } from './legacy-report.js';
import { addPathMap, legacySource, withLegacyTables, type PathMap } from './legacy-source.js';
import type { Terminal } from './terminal.js';

interface Flags {
  mediaRoot?: string;
  pathMap: PathMap[];
  dryRun?: boolean;
  retryFailed?: boolean;
  report?: string;
  batch: number;
  json?: boolean;
}

export function legacyImportCommand(deps: CommandDeps): Command {
  return new Command('import')
    .description(
      'import stories, media, runs and lineage; goes on by itself where it was stopped; exit 1 when a story failed',
    )
    .argument('[source]', 'a SQLite file or a postgres:// address; LEGACY_DATABASE when absent')
    .option(
      '--media-root <dir>',
      'the folder that the old system served as /data (default: data beside a SQLite file)',
    )
    .option(
      '--path-map <old=new>',
      'where a folder of the old machine is here; may be given several times',
      addPathMap,
      [],
    )
    .option('--dry-run', 'tell exactly what would be done, and change nothing')
    .option('--retry-failed', 'try again what failed before, and files that were missing or refused')
    .option(
      '--report <file>',
      'write the whole report to this file as JSON, and for people beside it as .txt',
    )
    .option('--batch <n>', 'stories in one transaction', batchSize, 250)
    .option('--json', 'print the whole report as one JSON document')
    .action(async (source: string | undefined, flags: Flags) => {
      const terminal = deps.terminal(flags);
      const summary = await withLegacyTables(legacySource(deps, source), (tables) =>
        withService(deps, terminal, ({ ctx }) => importWithReports(ctx, tables, flags, terminal)),
      );
      if (!terminal.json) terminal.result(describeSummary(summary).join('\n'));
      if (summary.failed + summary.others.failed > 0) deps.exitWith(1);
    });
}

function batchSize(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1 || number > 5000)
    throw new InvalidArgumentError('must be 1 to 5000');
  return number;
}

async function importWithReports(
  ctx: Context,
  tables: LegacyTables,
  flags: Flags,
  terminal: Terminal,
): Promise<ImportSummary> {
  const files =
    flags.report === undefined
      ? []
      : [new ReportFile(flags.report), new ReportFile(readableName(flags.report))];
  const [jsonFile, textFile] = files;
  const documents = [
    ...(jsonFile ? [new JsonReport(jsonFile)] : []),
    ...(terminal.json ? [new JsonReport({ write: (line) => terminal.result(line) })] : []),
  ];
  const tell = async (report: RowReport) => {
    for (const document of documents) await document.add(report);
    for (const line of textFile || report.outcome === 'failed' ? describeReport(report) : []) {
      if (report.outcome === 'failed') terminal.note(line);
      if (isRemarkable(report)) await textFile?.write(line);
    }
  };
  try {
    const summary = await runImport(ctx, tables, flags, { terminal, tell });
    for (const document of documents) await document.end(summary);
    for (const line of describeSummary(summary)) await textFile?.write(line);
    for (const file of files) await file.close();
    return summary;
  } finally {
    for (const file of files) file.abandon();
  }
}

const readableName = (path: string) => `${path.replace(/\.json$/i, '')}.txt`;

async function runImport(
  ctx: Context,
  tables: LegacyTables,
  flags: Flags,
  {
    terminal,
    tell,
  }: {
    terminal: Terminal;
    tell: NonNullable<ImportOptions['onReport']>;
  },
): Promise<ImportSummary> {
  const bar = terminal.progress(flags.dryRun ? 'stories examined' : 'stories');
  try {
    return await importLegacy(ctx, tables, {
      mediaRoot: flags.mediaRoot,
      pathMaps: flags.pathMap,
      dryRun: flags.dryRun ?? false,
      retryFailed: flags.retryFailed ?? false,
      batch: flags.batch,
      onReport: tell,
      onProgress: (done, total) => bar.update(done, total),
      signal: terminal.signal,
    });
  } finally {
    bar.stop();
  }
}
