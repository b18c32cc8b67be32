import { Command } from 'commander';
import { findBrokenInvariants } from '../audit/find-broken-invariants.js';
import { verifyContent } from '../content/verify-content.js';
import { schemaStatus } from '../db/schema-status.js';
import { withService, type CommandDeps } from './command-deps.js';
import type { Service } from '../service/open-service.js';
import type { Terminal } from './terminal.js';

interface Finding {
  rule: string;
  id: string | null;
  detail: string;
}

export function verifyCommand(deps: CommandDeps): Command {
  return new Command('verify')
    .description(
      'check every invariant of the model and the schema, and repair nothing; exit 1 on any finding',
    )
    .option('--bytes', 'also read every stored object and hash it again')
    .option('--json', 'print one JSON document')
    .action(async (options: { bytes?: boolean; json?: boolean }) => {
      const terminal = deps.terminal(options);
      const verify = async (service: Service) => [
        ...(await verifySchema(service)),
        ...(await findBrokenInvariants(service.ctx)),
        ...(options.bytes ? await verifyBytes(service, terminal) : []),
      ];
      const findings = await withService(deps, terminal, verify, { migrate: false });
      const lines = findings.map(({ rule, id, detail }) => `${rule}  ${id ?? '(no id)'}  ${detail}`);
      terminal.result(
        terminal.json
          ? JSON.stringify({ findings }, null, 2)
          : [...lines, findings.length === 0 ? 'every invariant holds' : `${findings.length} findings`].join(
              '\n',
            ),
      );
      if (findings.length > 0) deps.exitWith(1);
    });
}

async function verifySchema({ ctx }: Service): Promise<Finding[]> {
  const { findings, migrations } = await schemaStatus(ctx.db.driver, ctx.db.name);
  const behind = migrations.filter(({ state }) => state !== 'applied');
  return [
    ...behind.map(({ version, name, state }) => ({
      rule: 'schema',
      id: `V${version}`,
      detail: `${name} is ${state}`,
    })),
    ...findings,
  ];
}

async function verifyBytes({ ctx }: Service, terminal: Terminal): Promise<Finding[]> {
  const bar = terminal.progress('bytes verified');
  const findings: Finding[] = [];
  const options = { onProgress: (verified: number) => bar.update(verified), signal: terminal.signal };
  for await (const { sha256, problem, expected, found } of verifyContent(ctx, options)) {
    findings.push({ rule: `bytes ${problem}`, id: sha256, detail: `expected ${expected}, found ${found}` });
  }
  bar.stop();
  return findings;
}
