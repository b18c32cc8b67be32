import { userInfo } from 'node:os';
import { runCommandLine } from './cli/program.js';
import { parseConfig } from './config.js';

// The only place that reads the environment and handles signals. The first Ctrl-C asks the command to stop and leave
// everything in order; servers end with it. A second one ends this process at once, the servers are then found and
// taken over by the next start.
const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (stopping.signal.aborted) process.exit(130);
    stopping.abort();
  });
}

process.exitCode = await runCommandLine({
  args: process.argv.slice(2),
  readConfig: () => parseConfig(process.env),
  actor: userInfo().username,
  signal: stopping.signal,
});
// What a part that hangs still holds keeps nobody waiting.
setTimeout(() => process.exit(), 1_000).unref();
