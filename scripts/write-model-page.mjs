// npm run docs:model: writes docs/model.md from the catalogue of the model.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleFile } from './build.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const bundle = join(root, 'node_modules', '.cache', 'artifact-graph', 'write-model-page.mjs');
await bundleFile(join(root, 'scripts', 'write-model-page.ts'), bundle);
const { status } = spawnSync(process.execPath, [bundle], { cwd: root, stdio: 'inherit' });
process.exit(status ?? 1);
