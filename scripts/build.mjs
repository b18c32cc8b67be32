import { mkdirSync, readdirSync, renameSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Bundles src/main.ts into dist/main.js unless that is newer than all of src. Returns the bundle's file. */
export async function buildIfNeeded(root) {
  const bundle = join(root, 'dist', 'main.js');
  const newest = newestChange(join(root, 'src'));
  const built = statSync(bundle, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (built <= newest) await bundleFile(join(root, 'src', 'main.ts'), bundle);
  return bundle;
}

/**
 * One ES module with everything of ours in it and the packages left outside. It appears whole or not at all, and
 * carries the time at which its making began, so that a source file changed meanwhile counts as newer.
 */
export async function bundleFile(entryPoint, outfile) {
  const began = new Date();
  const { build } = await import('esbuild');
  // esbuild has printed what is wrong; its exception says nothing more.
  const { outputFiles } = await build({
    entryPoints: [entryPoint],
    outfile,
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    sourcemap: true,
    logLevel: 'error',
  }).catch(() => process.exit(1));
  mkdirSync(dirname(outfile), { recursive: true });
  for (const { path, contents } of outputFiles) writeWhole(path, contents, began);
}

function writeWhole(path, contents, time) {
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, contents);
  utimesSync(temporary, time, time);
  renameSync(temporary, path);
}

/** Folders count too: theirs is the time of a removed or renamed file. */
function newestChange(folder) {
  const inside = readdirSync(folder, { withFileTypes: true }).map((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? newestChange(path) : statSync(path).mtimeMs;
  });
  return Math.max(statSync(folder).mtimeMs, ...inside);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await buildIfNeeded(fileURLToPath(new URL('..', import.meta.url)));
}
