import { Command } from 'commander';
import { schemaStatus } from '../db/schema-status.js';
import { withService, type CommandDeps } from './command-deps.js';
import type { Service } from '../service/open-service.js';
import type { Terminal } from './terminal.js';

interface Options {
  json?: boolean;
}

export function schemaCommand(deps: CommandDeps): Command {
  const schema = new Command('schema').description('the constraints, indexes and guards under migrations/');
  schema
    .command('apply')
    .description('bring the database to this version; safe to repeat, and with several instances at once')
    .option('--json', 'print one JSON document')
    .action(async (options: Options) => {
      const terminal = deps.terminal(options);
      // Opened as by any command that works with the graph: at this version's schema.
      await withService(deps, terminal, (service) => printStatus(deps, terminal, service));
    });
  schema
    .command('status')
    .description(
      'what is applied, pending or changed, and whether the guards stand; exit 1 when not all is well',
    )
    .option('--json', 'print one JSON document')
    .action(async (options: Options) => {
      const terminal = deps.terminal(options);
      const work = (service: Service) => printStatus(deps, terminal, service);
      await withService(deps, terminal, work, { migrate: false });
    });
  return schema;
}

async function printStatus(deps: CommandDeps, terminal: Terminal, { ctx }: Service): Promise<void> {
  const status = await schemaStatus(ctx.db.driver, ctx.db.name);
  const lines = [
    ...status.migrations.map(
      ({ version, name, state, appliedAt }) =>
        `V${String(version).padStart(3, '0')}  ${state.padEnd(8)} ${name}${appliedAt ? `  (${appliedAt})` : ''}`,
    ),
    ...status.findings.map(({ rule, id, detail }) => `${rule} ${id} ${detail}`),
  ];
  terminal.result(
    terminal.json
      ? JSON.stringify(status, null, 2)
      : [...lines, `version ${status.version}, guards ${status.guards}`].join('\n'),
  );
  const behind = status.migrations.some(({ state }) => state === 'pending' || state === 'changed');
  if (behind || status.findings.length > 0) deps.exitWith(1);
}
