import { Command } from 'commander';
import type { CommandDeps } from './command-deps.js';
import { legacyImportCommand } from './legacy-import.js';
import { legacyRollbackCommand } from './legacy-rollback.js';
import { legacyStatusCommand } from './legacy-status.js';
import { legacyValidateCommand } from './legacy-validate.js';

/** `artifact-graph legacy …`: takes the old system's database over. */
export function legacyCommand(deps: CommandDeps): Command {
  return new Command('legacy')
    .description('import the stories of the old system (SQLite or PostgreSQL), check them, take them back')
    .addCommand(legacyImportCommand(deps))
    .addCommand(legacyStatusCommand(deps))
    .addCommand(legacyValidateCommand(deps))
    .addCommand(legacyRollbackCommand(deps));
}
