import { readFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { clientTypesFile, generateClientTypes } from '../../scripts/client-types.js';

it("keeps the client's types as /openapi.json has them (npm run client-types)", async () => {
  const options = await resolveConfig(clientTypesFile);
  const generated = await format(await generateClientTypes(), { ...options, parser: 'typescript' });
  expect(await readFile(clientTypesFile, 'utf8')).toBe(generated);
});
