import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';

const oldestNode = [20, 15];

/**
 * Installs the locked dependencies when they are missing or older than the lock file; exits with 2 and one sentence
 * on a Node that is too old, and with npm's code when npm fails. Uses nothing but Node itself: it runs before there
 * is anything else.
 */
export function installDependencies(root) {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1])) {
    console.error(`Install Node.js ${oldestNode.join('.')} or newer: this is ${process.versions.node}.`);
    process.exit(2);
  }
  const installed = modifiedAt(join(root, 'node_modules', '.package-lock.json'));
  if (installed >= modifiedAt(join(root, 'package-lock.json'))) return;
  console.error('installing dependencies (npm ci, about a minute)');
  const npm = spawnSync('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', process.stderr.fd, process.stderr.fd],
  });
  if (npm.error) {
    console.error(`Install npm: it comes with Node.js, but could not be run here (${npm.error.message}).`);
    process.exit(2);
  }
  if (npm.status !== 0) process.exit(npm.status ?? 1);
}

function modifiedAt(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
