import { join } from 'node:path';
import { build } from 'esbuild';
import { packageRoot } from '../../src/package-root.js';

/** Makes a program for node of a file beside this one; it lies inside the project, where it finds the packages. */
export async function bundleCommand(name: string): Promise<string> {
  const outfile = join(packageRoot, 'node_modules', '.cache', 'artifact-graph', `${name}-${process.pid}.mjs`);
  await build({
    entryPoints: [join(packageRoot, 'test', 'local', `${name}.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  });
  return outfile;
}
