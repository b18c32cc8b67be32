import { once } from 'node:events';
import { Command } from 'commander';
import { withService, type CommandDeps } from './command-deps.js';
import { listen } from '../service/listen.js';

/** Waits until Ctrl-C, or until the signal was given already. */
export async function untilAborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}

export function serveCommand(deps: CommandDeps): Command {
  return new Command('serve')
    .description('serve REST and GraphQL against the configured Neo4j and S3 until Ctrl-C')
    .action(async () => {
      const terminal = deps.terminal({});
      await withService(deps, terminal, async (service) => {
        const server = await listen(deps.config, service);
        terminal.note(`serving at ${server.url}`);
        await untilAborted(deps.signal);
        terminal.note('finishing requests');
        await server.close();
      });
    });
}
