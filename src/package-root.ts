import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

function findPackageRoot(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('package.json was not found above this file');
  return findPackageRoot(parent);
}

/** The folder of package.json: cypher/, migrations/ and examples/ lie beside it, bundled or not. */
export const packageRoot = findPackageRoot(dirname(fileURLToPath(import.meta.url)));
