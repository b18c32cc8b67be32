import { writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { modelPage } from './model-page.js';

writeFileSync('docs/model.md', await format(modelPage(), { parser: 'markdown' }));
