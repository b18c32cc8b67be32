import { writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { generateOperations, operationsFile } from './web-operations.js';

const options = await resolveConfig(operationsFile);
await writeFile(
  operationsFile,
  await format(await generateOperations(), { ...options, parser: 'typescript' }),
);
