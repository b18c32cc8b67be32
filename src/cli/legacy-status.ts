import { Command } from 'commander';
import { legacyStatus, type LegacyStatus } from '../legacy/legacy-status.js';
import { withService, type CommandDeps } from './command-deps.js';
import { legacySource, withLegacyTables } from './legacy-source.js';

export function legacyStatusCommand(deps: CommandDeps): Command {
  return new Command('status')
    .description('how far the import of an old database is')
    .argument('[source]', 'a SQLite file or a postgres:// address; LEGACY_DATABASE when absent')
    .option('--json', 'print one JSON document')
    .action(async (source: string | undefined, options: { json?: boolean }) => {
      const terminal = deps.terminal(options);
      const status = await withLegacyTables(legacySource(deps, source), (tables) =>
        withService(deps, terminal, ({ ctx }) => legacyStatus(ctx, tables)),
      );
      terminal.result(terminal.json ? JSON.stringify(status, null, 2) : describe(status));
    });
}

function describe({ percent, imported, total, failed, pending }: LegacyStatus): string {
  return `${percent} % imported: ${imported} of ${total} stories, ${failed} failed, ${pending} not yet tried`;
}
