import { Command, InvalidArgumentError } from 'commander';
import { resolve } from 'node:path';
import { isEmptyGraph } from '../artifacts/is-empty-graph.js';
import type { Config } from '../config.js';
import { findShowcase } from '../stories/find-showcase.js';
import type { CommandDeps } from './command-deps.js';
import { importSample } from './import-sample.js';
import { printLineage } from '../lineage/print-lineage.js';
import { browserGuideUrl, listen, type Listening } from '../service/listen.js';
import { openService, type Service } from '../service/open-service.js';
import { untilAborted } from './serve.js';
import type { Terminal } from './terminal.js';
import { oneLine } from '../model/text.js';

interface Options {
  port?: number;
  dataDir?: string;
  /** Undefined: only into an empty graph. */
  sample?: boolean;
  once?: boolean;
}

export function upCommand(deps: CommandDeps): Command {
  return new Command('up')
    .description(
      'start what is missing (Neo4j, blob store), apply the schema, import the sample into an empty graph, serve',
    )
    .option('--port <n>', 'serve on this port (PORT, 4000)', parsePort)
    .option('--data-dir <dir>', 'keep data here (DATA_DIR, .data)')
    .option('--sample', 'import the sample workshop, also into a graph that has something already')
    .option('--no-sample', 'leave an empty graph empty')
    .option('--once', 'stop after printing instead of serving')
    .action(async (options: Options) => {
      const terminal = deps.terminal({});
      const config = withOptions(deps.config, options);
      const service = await openService({
        config,
        onProgress: terminal.note,
        signal: deps.signal,
        actor: deps.actor,
        browserGuideUrl: options.once ? undefined : browserGuideUrl(config),
      });
      try {
        await fillAndShow(service, terminal, options);
        if (!options.once) await serveUntilAborted(config, service, terminal);
      } finally {
        if (deps.signal.aborted || !options.once) terminal.note('stopping');
        await service.close();
      }
    });
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new InvalidArgumentError('a port is 0 to 65535');
  return port;
}

function withOptions(config: Config, { port, dataDir }: Options): Config {
  return {
    ...config,
    port: port ?? config.port,
    dataDir: dataDir === undefined ? config.dataDir : resolve(dataDir),
  };
}

async function fillAndShow({ ctx }: Service, terminal: Terminal, { sample }: Options): Promise<void> {
  if (sample ?? (await isEmptyGraph(ctx))) await importSample(ctx, terminal);
  const showcase = await findShowcase(ctx);
  if (!showcase) return terminal.note('no story has a published primary yet');
  terminal.result(
    `The ${showcase.role} of "${oneLine(showcase.title ?? showcase.storyId)}", and what it was made from:\n`,
  );
  terminal.result(
    await printLineage(ctx, { artifactId: showcase.artifactId, direction: 'upstream' }, 'tree'),
  );
}

async function serveUntilAborted(config: Config, service: Service, terminal: Terminal): Promise<void> {
  const server = await listen(config, service);
  printAddresses(server, service, terminal);
  await untilAborted(terminal.signal);
  terminal.note('finishing requests');
  await server.close();
}

function printAddresses({ url }: Listening, { places }: Service, terminal: Terminal): void {
  terminal.result(
    [
      '',
      `Explorer       ${url}/`,
      `GraphQL        ${url}/graphql`,
      `API docs       ${url}/docs`,
      ...(places.browser === undefined ? [] : [`Neo4j Browser  ${places.browser}`]),
      `Neo4j          ${places.neo4j}`,
      `Media          ${places.content}`,
      '',
      'Ctrl-C stops everything that was started here.',
    ].join('\n'),
  );
}
