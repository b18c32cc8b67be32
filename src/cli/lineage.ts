import { Command, InvalidArgumentError, Option } from 'commander';
import { lineageFormats, printLineage, type LineageFormat } from '../lineage/print-lineage.js';
import { maxDepth, maxLimit } from '../lineage/trace-request.js';
import { withService, type CommandDeps } from './command-deps.js';

interface Options {
  upstream?: boolean;
  downstream?: boolean;
  depth?: number;
  limit?: number;
  format: LineageFormat;
  json?: boolean;
}

export function lineageCommand(deps: CommandDeps): Command {
  return new Command('lineage')
    .description('print what an artifact was made from, and what was made from it')
    .argument('<id>', 'an artifact id')
    .addOption(new Option('--upstream', 'only what it was made from').conflicts('downstream'))
    .addOption(new Option('--downstream', 'only what was made from it'))
    .option('--depth <n>', `steps from the artifact, 1 to ${maxDepth} (20)`, countUpTo(maxDepth))
    .option('--limit <n>', `artifacts besides this one, 1 to ${maxLimit} (1000)`, countUpTo(maxLimit))
    .addOption(
      new Option('--format <format>', 'how to print it').choices([...lineageFormats]).default('tree'),
    )
    .option('--json', 'the same as --format json')
    .action(async (artifactId: string, options: Options) => {
      const terminal = deps.terminal(options);
      const { upstream, downstream, depth, limit } = options;
      const direction = upstream ? 'upstream' : downstream ? 'downstream' : 'both';
      const format = options.json ? 'json' : options.format;
      await withService(deps, terminal, async ({ ctx }) => {
        terminal.result(await printLineage(ctx, { artifactId, direction, depth, limit }, format));
      });
    });
}

const countUpTo = (most: number) => (text: string) => {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= most) return count;
  throw new InvalidArgumentError(`a whole number from 1 to ${most}`);
};
