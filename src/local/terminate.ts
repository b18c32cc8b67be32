import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning, type ProcessIdentity } from './process-identity.js';

const pollMs = 100;

/** True when the process ended by itself after being asked to, false when it had to be killed. */
export async function terminate(server: ProcessIdentity, withinMs: number): Promise<boolean> {
  if (isRunning(server)) process.kill(server.pid, 'SIGTERM');
  const limit = Date.now() + withinMs;
  while (isRunning(server)) {
    if (Date.now() > limit) {
      process.kill(server.pid, 'SIGKILL');
      while (isRunning(server)) await sleep(pollMs);
      return false;
    }
    await sleep(pollMs);
  }
  return true;
}
