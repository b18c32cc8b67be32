import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Agent, request, type Dispatcher } from 'undici';
import { z } from 'zod';
import { DiskStore } from '../../src/content/disk/disk-store.js';
import { S3Store } from '../../src/content/s3/s3-store.js';
import { Database } from '../../src/db/database.js';
import { registerGraphql } from '../../src/graphql/register-graphql.js';
import { registerExplorer } from '../../src/service/explorer.js';
import { openLog } from '../../src/service/open-log.js';
import { createAccess } from '../../src/http/access.js';
import { registerRest } from '../../src/rest/register-rest.js';
import { createApp } from '../../src/http/app.js';

const connection = z.object({
  uri: z.string(),
  user: z.string(),
  password: z.string(),
  folder: z.string(),
  /** A folder is the store where this is absent. */
  s3: z
    .object({ endpoint: z.string(), accessKey: z.string(), secretKey: z.string(), bucket: z.string() })
    .optional(),
});
export type Connection = z.infer<typeof connection>;

/** Begins to listen on a port of its own; @returns the address */
type Serve = (at: Connection) => Promise<string>;

/** The service as it is run, without a command line around it. */
export async function serveArtifactGraph({ folder, s3, ...neo4j }: Connection): Promise<string> {
  const db = Database.connect({ ...neo4j, database: 'neo4j' });
  const content = s3
    ? await S3Store.open({ ...s3, region: 'us-east-1', scratchDir: join(folder, 'scratch') })
    : await DiskStore.open(join(folder, 'content'));
  const log = openLog('info', '/dev/null');
  const noAccess = { tokensFile: undefined, jwksUrl: undefined, issuer: undefined, audience: undefined };
  const context = { db, content, clock: () => new Date(), log };
  const app = createApp({ context, access: createAccess(noAccess) });
  registerRest(app, { context });
  await registerGraphql(app, context);
  await registerExplorer(app);
  return app.listen({ host: '127.0.0.1', port: 0 });
}

/** Runs `measure`, unless this process is one of the `services` of one that measures: then it serves until that ends. */
export async function measureOrServe(
  measure: () => Promise<void>,
  services: Readonly<Record<string, Serve>>,
): Promise<void> {
  const serve = services[process.argv[2] ?? ''];
  if (!serve) return measure();
  process.send?.(await serve(connection.parse(await message(process))));
  process.once('disconnect', () => process.exit());
}

async function message(from: NodeJS.EventEmitter): Promise<unknown> {
  return z.array(z.unknown()).parse(await once(from, 'message'))[0];
}

/** Sends a request to the service, with a body of JSON or of bytes. @returns the answer's text; throws for any but a 2xx */
export type Call = (path: string, method?: Dispatcher.HttpMethod, body?: object) => Promise<string>;

/** MiB of memory that a service has, as it says itself. */
export async function memoryOf(call: Call): Promise<number> {
  const metrics = await call('/metrics');
  return Number(/^process_resident_memory_bytes (\S+)$/m.exec(metrics)?.[1]) / 1024 / 1024;
}

function bodyOf(given: object) {
  if (Buffer.isBuffer(given)) return { body: given, headers: { 'content-type': 'application/octet-stream' } };
  return { body: JSON.stringify(given), headers: { 'content-type': 'application/json' } };
}

/** One of the services that `measureOrServe` knows, in a process of its own, asked over connections that stay open. */
export async function withServiceProcess(
  name: string,
  at: Connection,
  clients: number,
  work: (call: Call, url: string) => Promise<void>,
): Promise<void> {
  const service = fork(process.argv[1] ?? '', [name]);
  const dispatcher = new Agent({ connections: clients });
  try {
    service.send(connection.parse(at));
    const died = once(service, 'exit').then(() => {
      throw new Error('the service ended before it listened');
    });
    const url = z.string().parse(await Promise.race([message(service), died]));
    await work(async (path, method = 'GET', given) => {
      const { statusCode, body } = await request(url + path, {
        dispatcher,
        method,
        ...(given && bodyOf(given)),
      });
      const text = await body.text();
      if (statusCode >= 300) throw new Error(`${method} ${path}: ${statusCode}`);
      return text;
    }, url);
  } finally {
    service.disconnect();
    await dispatcher.close();
  }
}
