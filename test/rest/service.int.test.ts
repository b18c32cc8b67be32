import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { createServer, type Socket } from 'node:net';
import { once } from 'node:events';
import { Database } from '../../src/db/database.js';
import { openRest } from './open-rest.js';
import { openTestContext, type TestContext } from '../support/graph.js';
import { testServers } from '../support/servers.js';

let graph: TestContext;
beforeAll(async () => {
  graph = await openTestContext();
});
afterAll(() => graph.close());

it('is healthy when every part answers', async () => {
  const rest = await openRest({}, graph);
  const { status, body } = await rest.send('GET', '/artifacts/health');
  expect(status).toBe(200);
  expect(body).toMatchObject({
    status: 'healthy',
    service: 'artifact-graph',
    neo4j: 'up',
    blob_store: 'up',
    guards: 'active',
  });
  expect(body.schema_version).toEqual(expect.any(Number));
  await rest.close();
});

it('says within seconds that Neo4j hangs', async () => {
  // Accepts connections and never answers, as a paused server does.
  const sockets = new Set<Socket>();
  const hanging = createServer((socket) => sockets.add(socket));
  hanging.listen(0, '127.0.0.1');
  await once(hanging, 'listening');
  const address = hanging.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const db = Database.connect({ ...testServers().neo4j, uri: `bolt://127.0.0.1:${port}`, database: 'neo4j' });
  const rest = await openRest({ context: { ...graph.ctx, db } }, graph);
  const began = performance.now();
  const { status, body } = await rest.send('GET', '/artifacts/health');
  expect(performance.now() - began).toBeLessThan(4000);
  expect(status).toBe(503);
  expect(body).toMatchObject({
    status: 'unhealthy',
    neo4j: 'down',
    blob_store: 'up',
    guards: 'unknown',
    schema_version: null,
  });
  for (const socket of sockets) socket.destroy();
  hanging.close();
  await rest.close();
  await db.close();
});

it('answers 503, with the time to come back, while Neo4j is away', async () => {
  const db = Database.connect({ ...testServers().neo4j, uri: 'bolt://127.0.0.1:9', database: 'neo4j' });
  const rest = await openRest({ context: { ...graph.ctx, db } }, graph);
  const began = performance.now();
  const answers = await Promise.all([
    rest.send('GET', '/artifacts/some-id'),
    rest.send('GET', '/artifacts'),
    rest.send('POST', '/artifacts', { json: { artifact_type: 'text' } }),
  ]);
  expect(performance.now() - began).toBeLessThan(15_000);
  for (const { status, headers, body } of answers) {
    expect(status).toBe(503);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(body).toMatchObject({ code: 'unavailable' });
  }
  await rest.close();
  await db.close();
});

it('tells nothing internal when something unforeseen fails', async () => {
  const clock = () => {
    throw new Error('secret at /srv/secret');
  };
  const rest = await openRest({ context: { ...graph.ctx, clock } }, graph);
  const { status, text, body } = await rest.send('POST', '/artifacts', { json: { artifact_type: 'text' } });
  expect([status, body.code]).toEqual([500, 'internal']);
  expect(text).not.toContain('secret');
  await rest.close();
});

it('finishes the requests that are under way before it closes', async () => {
  const rest = await openRest({}, graph);
  const bytes = async function* () {
    yield Buffer.from('slow ');
    await sleep(600);
    yield Buffer.from('but sure');
  };
  const underWay = once(rest.app.server, 'request');
  const sent = fetch(`${rest.url}/api/v1/artifacts/content?artifact_type=text`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: Readable.toWeb(Readable.from(bytes())) as ReadableStream,
    duplex: 'half',
  });
  await underWay;
  const closing = rest.close();
  await expect(fetch(`${rest.url}/api/v1/artifacts/health`)).rejects.toThrow();
  const answer = await sent;
  expect(answer.status).toBe(201);
  expect(await answer.json()).toMatchObject({ file_size: 13 });
  await closing;
});
