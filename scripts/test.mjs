// npm test: everything that a fresh clone needs, then jest with the arguments given here.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleFile } from './build.mjs';
import { installDependencies } from './install-dependencies.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Ctrl-C reaches the program too; waiting for its end lets it stop what it started. */
async function run(args, env = process.env) {
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit', env });
  const wait = () => undefined;
  const pass = () => child.kill('SIGTERM');
  process.on('SIGINT', wait).on('SIGTERM', pass);
  const [code] = await once(child, 'exit');
  process.off('SIGINT', wait).off('SIGTERM', pass);
  if (code !== 0) process.exit(code ?? 1);
}

installDependencies(root);
const fetchServers = join(root, 'node_modules', '.cache', 'artifact-graph', 'fetch-servers.mjs');
await bundleFile(join(root, 'scripts', 'fetch-servers.ts'), fetchServers);
await run([fetchServers]);
// jest needs the flag in its workers as well, which inherit the environment.
const NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --experimental-vm-modules`.trim();
const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
await run([jest, ...process.argv.slice(2)], { ...process.env, NODE_OPTIONS });
