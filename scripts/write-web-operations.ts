import { writeFile } from 'node:fs/promises';
import { generateOperations, operationsFile } from './web-operations.js';

await writeFile(operationsFile, await generateOperations());
