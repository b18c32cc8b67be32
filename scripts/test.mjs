// npm test: everything that a fresh clone needs, then jest with the arguments given here.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
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
  return code ?? 1;
}

installDependencies(root);
const fetchServers = join(root, 'node_modules', '.cache', 'artifact-graph', 'fetch-servers.mjs');
await bundleFile(join(root, 'scripts', 'fetch-servers.ts'), fetchServers);
const fetched = await run([fetchServers]);
if (fetched !== 0) process.exit(fetched);
// jest needs the flag in its workers as well, which inherit the environment.
const NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --experimental-vm-modules`.trim();
const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
// Whatever the tests and what they start leave behind, a killed process above all, goes with the run.
const TMPDIR = mkdtempSync(join(tmpdir(), 'artifact-graph-test-'));
// PostgreSQL runs as another user where the tests are root's.
chmodSync(TMPDIR, 0o1777);
process.exitCode = await run([jest, ...process.argv.slice(2)], { ...process.env, NODE_OPTIONS, TMPDIR });
rmSync(TMPDIR, { recursive: true, force: true });
