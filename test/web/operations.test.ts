import { readFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { generateOperations, operationsFile } from '../../scripts/web-operations.js';

it("keeps the explorer's types as the service's schema has them", async () => {
  const options = await resolveConfig(operationsFile);
  const generated = await format(await generateOperations(), { ...options, parser: 'typescript' });
  expect(await readFile(operationsFile, 'utf8')).toBe(generated);
});
