// npm test: everything that a fresh clone needs, then jest with the arguments given here.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleFile } from './build.mjs';
import { installDependencies } from './install-dependencies.mjs';
import { runNode } from './run-node.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

installDependencies(root);
const fetchServers = join(root, 'node_modules', '.cache', 'artifact-graph', 'fetch-servers.mjs');
await bundleFile(join(root, 'scripts', 'fetch-servers.ts'), fetchServers);
const fetched = await runNode([fetchServers], { cwd: root });
if (fetched !== 0) process.exit(fetched);
// jest needs the flag in its workers as well, which inherit the environment.
const NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --experimental-vm-modules`.trim();
const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
// Whatever the tests and what they start leave behind, a killed process above all, goes with the run.
const TMPDIR = mkdtempSync(join(tmpdir(), 'artifact-graph-test-'));
// PostgreSQL runs as another user where the tests are root's.
chmodSync(TMPDIR, 0o1777);
process.exitCode = await runNode([jest, ...process.argv.slice(2)], {
  cwd: root,
  env: { ...process.env, NODE_OPTIONS, TMPDIR },
});
rmSync(TMPDIR, { recursive: true, force: true });
