import { writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { clientTypesFile, generateClientTypes } from './client-types.js';

const options = await resolveConfig(clientTypesFile);
await writeFile(
  clientTypesFile,
  await format(await generateClientTypes(), { ...options, parser: 'typescript' }),
);
