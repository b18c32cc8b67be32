import { Command, InvalidArgumentError, Option } from 'commander';
import type { Context } from '../context.js';
import { getLineageDocument, type LineageDocument } from '../lineage/get-lineage-document.js';
import { printDot, printMermaid } from '../lineage/print-graph.js';
import { printTree } from '../lineage/print-tree.js';
import { toProvJson } from '../lineage/to-prov-json.js';
import type { LineageDirection } from '../lineage/trace-request.js';
import { withService, type CommandDeps } from './command-deps.js';

const printers = {
  tree: printTree,
  json: ({ lineage, artifacts }: LineageDocument) =>
    JSON.stringify({ ...lineage, artifacts: [...artifacts.values()] }, null, 2),
  dot: printDot,
  mermaid: printMermaid,
  prov: (document: LineageDocument) => JSON.stringify(toProvJson(document), null, 2),
};
export type LineageFormat = keyof typeof printers;

interface Options {
  upstream?: boolean;
  downstream?: boolean;
  depth?: number;
  limit?: number;
  format: LineageFormat;
  json?: boolean;
}

interface LineageQuery {
  artifactId: string;
  direction: LineageDirection;
  format: LineageFormat;
  /** Steps from the artifact; 20 unless told. */
  depth?: number | undefined;
  /** Artifacts besides the one asked for; 1000 unless told. */
  limit?: number | undefined;
}

/**
 * The provenance of one artifact as text.
 * @throws InvalidInput; NotFound
 */
export async function renderLineage(ctx: Context, { format, ...query }: LineageQuery): Promise<string> {
  return printers[format](await getLineageDocument(ctx, query));
}

export function lineageCommand(deps: CommandDeps): Command {
  return new Command('lineage')
    .description('print what an artifact was made from, and what was made from it')
    .argument('<id>', 'an artifact id')
    .addOption(new Option('--upstream', 'only what it was made from').conflicts('downstream'))
    .addOption(new Option('--downstream', 'only what was made from it'))
    .option('--depth <n>', 'steps from the artifact, 1 to 1000 (20)', parseCount)
    .option('--limit <n>', 'artifacts besides this one, 1 to 100000 (1000)', parseCount)
    .addOption(
      new Option('--format <format>', 'how to print it').choices(Object.keys(printers)).default('tree'),
    )
    .option('--json', 'the same as --format json')
    .action(async (artifactId: string, options: Options) => {
      const terminal = deps.terminal(options);
      const { upstream, downstream, depth, limit } = options;
      const direction = upstream ? 'upstream' : downstream ? 'downstream' : 'both';
      const format = options.json ? 'json' : options.format;
      await withService(deps, terminal, async ({ ctx }) => {
        terminal.result(await renderLineage(ctx, { artifactId, direction, format, depth, limit }));
      });
    });
}

function parseCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) throw new InvalidArgumentError('a whole number from 1');
  return count;
}
