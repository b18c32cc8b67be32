import { createInterface } from 'node:readline/promises';
import { Command } from 'commander';
import type { Context } from '../context.js';
import { InvalidInput } from '../errors.js';
import { countImportsBySource } from '../legacy/list-imports.js';
import { legacySourceName } from '../legacy/source/legacy-tables.js';
import { printable } from '../model/text.js';
import { rollbackLegacy, type RollbackReport } from '../legacy/rollback-legacy.js';
import { withService, type CommandDeps } from './command-deps.js';
import { legacySource } from './legacy-source.js';
import type { Terminal } from './terminal.js';

interface Flags {
  yes?: boolean;
  reason?: string;
  json?: boolean;
}

export function legacyRollbackCommand(deps: CommandDeps): Command {
  return new Command('rollback')
    .description(
      'remove exactly what the import from an old database made; what others use stays, and is told',
    )
    .argument('[source]', 'as it was imported; LEGACY_DATABASE when absent')
    .option('--yes', 'do not ask')
    .option('--reason <text>', 'why, for the audit record')
    .option('--json', 'print one JSON document')
    .action(async (source: string | undefined, flags: Flags) => {
      const terminal = deps.terminal(flags);
      const name = legacySourceName(legacySource(deps, source));
      const report = await withService(deps, terminal, ({ ctx }) =>
        askAndRollback(ctx, name, flags, terminal),
      );
      terminal.result(terminal.json ? JSON.stringify(report, null, 2) : describe(report));
    });
}

async function askAndRollback(
  ctx: Context,
  name: string,
  flags: Flags,
  terminal: Terminal,
): Promise<RollbackReport> {
  const sources = await countImportsBySource(ctx);
  const known = sources.find(({ source }) => source === name);
  const count = known ? known.imported + known.failed + known.others : 0;
  if (count === 0 && sources.length > 0) {
    terminal.note(
      `nothing was imported from ${name}; there are imports from ${sources.map(({ source }) => source).join(', ')}`,
    );
  }
  if (count > 0 && !flags.yes) await confirm(`Take back ${count} imports from ${name}?`, terminal);
  const bar = terminal.progress('imports taken back', count);
  try {
    return await rollbackLegacy(ctx, name, {
      ...(flags.reason === undefined ? {} : { reason: flags.reason }),
      onProgress: (done) => bar.update(done, count),
      signal: terminal.signal,
    });
  } finally {
    bar.stop();
  }
}

/** @throws InvalidInput when the answer is not yes, or nobody is there to give one */
async function confirm(question: string, terminal: Terminal): Promise<void> {
  if (!process.stdin.isTTY) throw new InvalidInput('rollback asks before it removes anything; --yes answers');
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await reader.question(`${printable(question)} (yes/no) `, { signal: terminal.signal });
    if (!/^y(es)?$/i.test(answer.trim())) throw new InvalidInput('nothing was removed');
  } finally {
    reader.close();
  }
}

function describe(report: RollbackReport): string {
  const { imports, stories, artifacts, runs, contents, kept } = report;
  return [
    `${imports} imports taken back: ${stories} stories, ${artifacts} artifacts, ${runs} runs, ${contents} contents removed`,
    ...(contents > 0 ? ['their bytes stay in the store until "content gc" collects them'] : []),
    ...kept.map(({ kind, id, reason }) => `kept ${kind} ${id}: ${reason}`),
  ].join('\n');
}
