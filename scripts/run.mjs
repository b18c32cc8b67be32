// node scripts/run.mjs NAME ...: runs scripts/NAME.ts, bundled as the program itself is.
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundleFile } from './build.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const [, , name = ''] = process.argv;
const bundle = join(root, 'dist', 'scripts', `${name}.mjs`);
await bundleFile(join(root, 'scripts', `${name}.ts`), bundle);
await import(pathToFileURL(bundle).href);
