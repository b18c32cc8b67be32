import { readFile } from 'node:fs/promises';
import { generateOperations, operationsFile } from '../../scripts/web-operations.js';

it("keeps the explorer's types as the service's schema has them", async () => {
  expect(await readFile(operationsFile, 'utf8')).toBe(await generateOperations());
});
