import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import openapiTypes, { astToString } from 'openapi-typescript';
import pino from 'pino';
import { DiskStore } from '../src/content/disk/disk-store.js';
import { Database } from '../src/db/database.js';
import { createAccess } from '../src/http/access.js';
import { createApp } from '../src/http/app.js';
import { packageRoot } from '../src/package-root.js';
import { registerRest } from '../src/rest/register-rest.js';

/** Where the client's types of the REST interface are kept. */
export const clientTypesFile = join(packageRoot, 'client', 'src', 'openapi.ts');

const noAccess = { tokensFile: undefined, jwksUrl: undefined, issuer: undefined, audience: undefined };
const nowhere = { uri: 'bolt://127.0.0.1:1', user: '', password: '', database: 'neo4j' };

/** /openapi.json as TypeScript. The service describes itself without its database and its store. */
export async function generateClientTypes(): Promise<string> {
  const head = '// Written by `npm run client-types` from /openapi.json.';
  const types = await openapiTypes(await readOpenApi(), { alphabetize: true, defaultNonNullable: false });
  return `${head}\n\n${astToString(types)}`;
}

async function readOpenApi(): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'artifact-graph-openapi-'));
  const db = Database.connect(nowhere);
  const content = await DiskStore.open(folder);
  try {
    const context = { db, content, clock: () => new Date(), log: pino({ level: 'silent' }) };
    const app = createApp({ context, access: createAccess(noAccess) });
    registerRest(app, { context });
    await app.ready();
    const openApi = Buffer.from(JSON.stringify(app.swagger()));
    await app.close();
    return openApi;
  } finally {
    await db.close();
    await rm(folder, { recursive: true, force: true });
  }
}
