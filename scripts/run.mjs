// node scripts/run.mjs FILE.ts ...: runs a TypeScript file of this checkout, bundled as the program itself is.
import { basename, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundleFile } from './build.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const [node, , file = '', ...args] = process.argv;
const bundle = join(root, 'dist', 'scripts', `${basename(file, '.ts')}.mjs`);
await bundleFile(resolve(file), bundle);
process.argv = [node, bundle, ...args];
await import(pathToFileURL(bundle).href);
