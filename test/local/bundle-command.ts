import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { packageRoot } from '../../src/package-root.js';

/** Makes a program for node of a TypeScript file; it lies inside the project, where it finds the packages. */
export async function bundleCommand(source: URL): Promise<string> {
  const name = basename(source.pathname, '.ts');
  const outfile = join(packageRoot, 'node_modules', '.cache', 'artifact-graph', `${name}-${process.pid}.mjs`);
  await build({
    entryPoints: [fileURLToPath(source)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  });
  return outfile;
}
