import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * Builds the explorer from web/ into dist/web, unless what lies there was built from the same files. It appears whole or
 * not at all.
 */
export async function buildWebIfNeeded(root) {
  const folder = join(root, 'dist', 'web');
  const hash = hashOf(root);
  const isBuilt = () =>
    existsSync(join(folder, hashFile)) && readFileSync(join(folder, hashFile), 'utf8') === hash;
  if (isBuilt()) return;
  if (process.stderr.isTTY) console.error('building the explorer (once, some seconds)');
  const { build } = await import('vite');
  const outDir = `${folder}.${process.pid}`;
  // Where tests or a developer set it to something else, it would be React as it is for developing: larger and slower.
  const before = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  try {
    await build({ configFile: join(root, 'web', 'vite.config.ts'), logLevel: 'error', build: { outDir } });
  } finally {
    if (before === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = before;
  }
  writeFileSync(join(outDir, hashFile), hash);
  // Another process may have built the same meanwhile, and serves it already.
  rmSync(isBuilt() ? outDir : folder, { recursive: true, force: true });
  if (existsSync(outDir)) renameSync(outDir, folder);
}

const hashFile = '.built-from';

/** SHA-256 over the names and the bytes of web/, and over the lock file, which has vite's version. */
function hashOf(root) {
  const hash = createHash('sha256');
  const files = readdirSync(join(root, 'web'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const file of [...files, join(root, 'package-lock.json')])
    hash
      .update(`${file.slice(root.length)}\0`)
      .update(readFileSync(file))
      .update('\0');
  return hash.digest('hex');
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await buildWebIfNeeded(fileURLToPath(new URL('..', import.meta.url)));
}
