#!/usr/bin/env node
// The program from a fresh clone: installs what is missing, bundles what has changed, and runs it in this same
// process, so that Ctrl-C, the exit code and the arguments are the program's own.
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildIfNeeded } from '../scripts/build.mjs';
import { buildWebIfNeeded } from '../scripts/build-web.mjs';
import { installDependencies } from '../scripts/install-dependencies.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
installDependencies(root);
const bundle = await buildIfNeeded(root);
// The commands that serve show the explorer.
if (['up', 'serve'].includes(process.argv[2])) await buildWebIfNeeded(root);
process.setSourceMapsEnabled(true);
// Packages read it while they load; graphql checks every value twice without it.
process.env.NODE_ENV ??= 'production';
await import(pathToFileURL(bundle).href);
