import { Command } from 'commander';
import { whereIsFile, type Whereabouts } from '../content/where-is.js';
import { oneLine, shellWord } from '../model/text.js';
import { withService, type CommandDeps } from './command-deps.js';

export function whereisCommand(deps: CommandDeps): Command {
  return new Command('whereis')
    .description(
      'hash a local file and tell which artifacts and stories have these bytes; exit 1 when none has',
    )
    .argument('<file>', 'a file on this machine')
    .option('--json', 'print one JSON document')
    .action(async (file: string, options: { json?: boolean }) => {
      const terminal = deps.terminal(options);
      await withService(deps, terminal, async ({ ctx }) => {
        const { sha256, sizeBytes, found } = await whereIsFile(ctx, file);
        const text = [`${sha256}  ${sizeBytes} bytes`, ...found.flatMap(describe)];
        if (found.length === 0) text.push('no artifact has these bytes');
        terminal.result(
          terminal.json ? JSON.stringify({ sha256, sizeBytes, found }, null, 2) : text.join('\n'),
        );
        if (found.length === 0) deps.exitWith(1);
      });
    });
}

function describe({ artifact, links }: Whereabouts): string[] {
  const what = oneLine(artifact.description ?? artifact.mimeType ?? '');
  return [
    `${artifact.id}  ${artifact.type}  ${artifact.lifecycleState}  ${what}`,
    ...links.map(
      ({ storyId, title, role, isPrimary }) =>
        `  ${role}${isPrimary ? ' (primary)' : ''} of ${title === null ? storyId : `"${oneLine(title)}" (${storyId})`}`,
    ),
    `  artifact-graph lineage ${shellWord(artifact.id)}`,
  ];
}
