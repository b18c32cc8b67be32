// npm run bench [-- NAME] [ARGUMENTS]: bundles bench/NAME.ts and runs it; scale, without a name. --help tells what it does.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleFile } from './build.mjs';
import { runNode } from './run-node.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const given = process.argv.slice(2);
const named = given[0] !== undefined && !given[0].startsWith('-');
const [name, args] = named ? [given[0], given.slice(1)] : ['scale', given];
const entry = join(root, 'bench', `${name}.ts`);
const names = readdirSync(join(root, 'bench')).flatMap((file) => /^(.*)\.ts$/.exec(file)?.[1] ?? []);
const choice = `npm run bench -- ${names.join(' | ')}`;
if (!existsSync(entry)) {
  console.error(`which one? ${choice}`);
  process.exit(2);
}
if (args.includes('--help')) {
  const [, head = ''] = /^\/\*\*\n([^]*?) \*\//.exec(readFileSync(entry, 'utf8')) ?? [];
  console.log(`${head.replaceAll(/^ \* ?/gm, '')}${named ? '' : `\nOthers: ${choice} [--help]`}`);
  process.exit(0);
}
const bundle = join(root, 'node_modules', '.cache', 'artifact-graph', `bench-${name}.mjs`);
await bundleFile(entry, bundle);
const flags = ['--expose-gc', '--enable-source-maps'];
const env = { NODE_ENV: 'production', ...process.env };
process.exit(await runNode([...flags, bundle, ...args], { cwd: root, env }));
