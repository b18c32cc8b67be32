import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { bindStore } from '../content/bind-store.js';
import { collectGarbage, type CollectReport } from '../content/collect-garbage.js';
import { copyContent, type CopyReport } from '../content/copy-content.js';
import { DiskStore } from '../content/disk/disk-store.js';
import { protectPublished } from '../content/protect-published.js';
import type { Context } from '../context.js';
import { InvalidInput } from '../errors.js';
import { withService, type CommandDeps } from './command-deps.js';
import type { Terminal } from './terminal.js';

export function contentCommand(deps: CommandDeps): Command {
  return new Command('content')
    .description('look after the stored bytes')
    .addCommand(collectCommand(deps))
    .addCommand(bindCommand(deps))
    .addCommand(copyCommand(deps))
    .addCommand(protectCommand(deps));
}

interface CollectFlags {
  grace: number;
  quarantine?: number;
  dryRun?: boolean;
  force?: boolean;
  json?: boolean;
}

function collectCommand(deps: CommandDeps): Command {
  return new Command('gc')
    .description('remove stored bytes that no artifact refers to, once they are old enough')
    .option('--grace <hours>', 'bytes stored less long ago stay', hours, 24)
    .option(
      '--quarantine <hours>',
      'for how long bytes are doomed before they go (default: as --grace)',
      hours,
    )
    .option('--dry-run', 'tell what is unused, and change nothing')
    .option('--force', 'remove also more than a tenth of all objects')
    .option('--json', 'print one JSON document')
    .action(async (options: CollectFlags) => {
      const terminal = deps.terminal(options);
      const report = await withService(deps, terminal, async ({ ctx }) => {
        const bar = terminal.progress('objects examined');
        const found = await collectGarbage(ctx, {
          graceMs: options.grace * 3_600_000,
          ...(options.quarantine === undefined ? {} : { quarantineMs: options.quarantine * 3_600_000 }),
          dryRun: options.dryRun ?? false,
          force: options.force ?? false,
          onProgress: ({ examined }) => bar.update(examined),
          signal: terminal.signal,
        });
        bar.stop();
        return found;
      });
      terminal.result(
        terminal.json
          ? JSON.stringify({ dry_run: options.dryRun ?? false, ...collectJson(report) }, null, 2)
          : describeCollection(report, options.dryRun ?? false),
      );
    });
}

function bindCommand(deps: CommandDeps): Command {
  return new Command('bind')
    .description('say that this graph and this media store belong together, as after restoring a backup')
    .action(async () => {
      const terminal = deps.terminal({});
      await withService(deps, terminal, ({ ctx }) => bindStore(ctx));
      terminal.result('the graph and the media store are bound to each other');
    });
}

const collectJson = ({ freedBytes, ...counts }: CollectReport) => ({ ...counts, freed_bytes: freedBytes });

function describeCollection(report: CollectReport, dryRun: boolean): string {
  const verb = dryRun ? 'would be removed' : 'removed';
  return [
    `${report.examined} objects examined, ${report.removed} ${verb} (${report.freedBytes} bytes)`,
    ...(report.doomed > 0 ? [`${report.doomed} unreferenced, to be removed after their quarantine`] : []),
    ...(report.young > 0 ? [`${report.young} unreferenced but younger than the grace period`] : []),
    ...(report.locked > 0 ? [`${report.locked} unreferenced but locked by the store`] : []),
    ...(report.leftovers > 0 ? [`${report.leftovers} leftovers of uploads removed`] : []),
  ].join('\n');
}

interface CopyFlags {
  fromFolder?: string;
  toFolder?: string;
  switch?: boolean;
  json?: boolean;
}

function copyCommand(deps: CommandDeps): Command {
  return new Command('copy')
    .description(
      'copy all bytes between the store in use and a folder, verified; run again to resume; exit 1 on rotten bytes',
    )
    .option(
      '--from-folder <dir>',
      'from this folder into the store in use (a folder store is DATA_DIR/content)',
    )
    .option('--to-folder <dir>', 'from the store in use into this folder')
    .option(
      '--switch',
      'with --to-folder: use a folder from the next start on (DIR must be DATA_DIR/content)',
    )
    .option('--json', 'print one JSON document')
    .action(async (flags: CopyFlags) => {
      const terminal = deps.terminal(flags);
      const folder = checkFlags(deps, flags);
      const report = await withService(deps, terminal, ({ ctx }) =>
        copyWithFolder(ctx, folder, flags, terminal),
      );
      terminal.result(terminal.json ? JSON.stringify(copyJson(report), null, 2) : describeCopy(report));
      if (report.rotten.length > 0) deps.exitWith(1);
      else if (flags.switch)
        await writeFile(join(deps.config.dataDir, 'content-store.json'), '{"store":"disk"}\n');
    });
}

/** The folder to copy from or to. */
function checkFlags({ config }: CommandDeps, flags: CopyFlags): string {
  const folder = flags.fromFolder ?? flags.toFolder;
  if (folder === undefined || (flags.fromFolder !== undefined && flags.toFolder !== undefined)) {
    throw new InvalidInput('say either --from-folder DIR or --to-folder DIR');
  }
  if (
    flags.switch &&
    (config.s3.endpoint || resolve(flags.toFolder ?? '') !== join(config.dataDir, 'content'))
  ) {
    throw new InvalidInput('--switch goes with --to-folder DATA_DIR/content, and without S3_ENDPOINT');
  }
  return resolve(folder);
}

async function copyWithFolder(ctx: Context, folder: string, flags: CopyFlags, terminal: Terminal) {
  if (ctx.content.kind === 'disk' && folder === ctx.content.scratchDir) {
    throw new InvalidInput(`${folder} is the store in use: set S3_ENDPOINT, or name another folder`);
  }
  const other = await DiskStore.open(folder);
  const into = flags.fromFolder !== undefined;
  const bar = terminal.progress('objects copied');
  try {
    const recordStore = into || (flags.switch ?? false);
    const to = into ? ctx.content : other;
    if (recordStore && (await to.readId()) === null) await bindStore({ ...ctx, content: to });
    return await copyContent(ctx, into ? other : ctx.content, to, {
      recordStore,
      onProgress: ({ copied, present }) => bar.update(copied + present),
      signal: terminal.signal,
    });
  } finally {
    bar.stop();
    await other.close();
  }
}

const copyJson = ({ copiedBytes, ...rest }: CopyReport) => ({ ...rest, copied_bytes: copiedBytes });

function describeCopy({ copied, copiedBytes, present, rotten }: CopyReport): string {
  return [
    `${copied} objects copied (${copiedBytes} bytes), ${present} were there already`,
    ...rotten.map((digest) => `not copied, its bytes are not what was stored: ${digest}`),
  ].join('\n');
}

function protectCommand(deps: CommandDeps): Command {
  return new Command('protect')
    .description('lock the bytes of published artifacts against removal, where the bucket has object lock')
    .option('--days <days>', 'from now on; shorter locks are extended', days, 365)
    .option('--json', 'print one JSON document')
    .action(async (options: { days: number; json?: boolean }) => {
      const terminal = deps.terminal(options);
      const report = await withService(deps, terminal, ({ ctx }) => protectPublished(ctx, options.days));
      const text = report.unsupported
        ? 'this store has no object lock: nothing is locked'
        : `${report.protected} objects are locked for ${options.days} days`;
      terminal.result(terminal.json ? JSON.stringify(report, null, 2) : text);
      if (report.unsupported) deps.exitWith(1);
    });
}

function hours(value: string): number {
  return atLeast(0, value);
}

function days(value: string): number {
  return atLeast(1, value);
}

function atLeast(least: number, value: string): number {
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number) || number < least) {
    throw new InvalidArgumentError(`must be a number, ${least} or greater`);
  }
  return number;
}
