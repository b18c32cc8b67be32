import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * Runs Node with these arguments on this terminal and returns its exit code. Ctrl-C reaches that process too, SIGTERM is
 * passed on; waiting for its end lets it stop what it started.
 */
export async function runNode(args, options = {}) {
  const child = spawn(process.execPath, args, { stdio: 'inherit', ...options });
  const wait = () => undefined;
  const pass = () => child.kill('SIGTERM');
  process.on('SIGINT', wait).on('SIGTERM', pass);
  const [code] = await once(child, 'exit');
  process.off('SIGINT', wait).off('SIGTERM', pass);
  return code ?? 1;
}
