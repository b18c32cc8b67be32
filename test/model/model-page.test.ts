import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { modelPage } from '../../scripts/model-page.js';
import { packageRoot } from '../../src/package-root.js';

/** Prettier pads tables; what they say is the same. */
const squeezed = (text: string) =>
  text
    .split('\n')
    .map((line) =>
      line.replace(/-+/g, '-').replace(/\s+/g, ' ').replaceAll('| |', '||').replaceAll('| |', '||').trim(),
    )
    .map((line) => line.replaceAll('|-|', '|').replace(/[-| ]+$/, ''))
    .filter((line) => line.replace(/[-| ]/g, '') !== '');

it('docs/model.md is what the catalogue says; npm run docs:model makes it anew', () => {
  expect(squeezed(readFileSync(join(packageRoot, 'docs', 'model.md'), 'utf8'))).toEqual(
    squeezed(modelPage()),
  );
});
