import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { CommandLine } from '../cli/run-command.js';

export interface ServeProcess {
  url: string;
  /** Sends a signal and waits for the end; how long that took, in milliseconds. */
  end: (signal: NodeJS.Signals) => Promise<number>;
}

/** The service as people start it, in a process of its own. @throws Error when it ends before it serves */
export async function startServe(
  program: CommandLine,
  environment: Record<string, string> = {},
): Promise<ServeProcess> {
  const child = program.start(['serve'], environment);
  child.stdout.resume();
  for await (const line of createInterface({ input: child.stderr })) {
    const url = /serving at (\S+)/.exec(line)?.[1];
    if (url === undefined) continue;
    child.stderr.resume();
    const end = async (signal: NodeJS.Signals) => {
      const began = performance.now();
      if (child.exitCode !== null || child.signalCode !== null) return 0;
      child.kill(signal);
      await once(child, 'exit');
      return performance.now() - began;
    };
    return { url, end };
  }
  throw new Error('the service ended before it served');
}
