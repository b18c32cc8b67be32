import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import pino from 'pino';
import { z } from 'zod';
import { WatchedStore } from '../../src/content/watched-store.js';
import { startTracing, type Tracing } from '../../src/service/tracing.js';
import { CommandLine } from '../cli/run-command.js';
import { openRest, type TestRest } from '../rest/open-rest.js';
import { openTestContext, type TestContext } from '../support/graph.js';
import { startCollector, type Collector } from './collector.js';

const logLine = z.looseObject({ requestId: z.string().optional(), traceId: z.string().optional() });

let graph: TestContext;
let collector: Collector;
let tracing: Tracing;
let rest: TestRest;
const logged: string[] = [];
beforeAll(async () => {
  graph = await openTestContext();
  collector = await startCollector();
  tracing = await startTracing(collector.url);
  const lines = new Writable({
    write(piece: Buffer, _encoding, done) {
      logged.push(String(piece));
      done();
    },
  });
  const log = pino({ level: 'debug' }, lines);
  const context = { ...graph.ctx, log, content: new WatchedStore(graph.ctx.content) };
  rest = await openRest({ context, trace: tracing.trace }, graph);
});
afterAll(async () => {
  await collector.close();
  await graph.close();
});

const traceparent = () => {
  const [traceId, spanId] = [randomBytes(16).toString('hex'), randomBytes(8).toString('hex')];
  return { traceId, spanId, headers: { traceparent: `00-${traceId}-${spanId}-01` } };
};

it('each request is a span in its caller’s trace, each statement and call to the store one in it', async () => {
  const [posting, asking, failing] = [traceparent(), traceparent(), traceparent()];
  const description = graph.unique('a secret text');
  const posted = await rest.send('POST', `/artifacts/content?artifact_type=text`, {
    raw: graph.unique('some bytes'),
    headers: { ...posting.headers, 'content-type': 'text/plain' },
  });
  const json = {
    artifact_type: 'text',
    description,
    sources: [{ artifact_id: posted.body.artifact_id, relation_type: 'derived_from' }],
  };
  const made = await rest.send('POST', '/artifacts', { json });
  const path = `/artifacts/${made.body.artifact_id}/lineage?depth=7`;
  await rest.send('GET', path, { headers: asking.headers });
  await rest.send('GET', '/artifacts/nobody', { headers: failing.headers });
  await rest.close();
  await tracing.stop();

  const of = (traceId: string) => collector.spans.filter((span) => span.traceId === traceId);
  const upload = '/api/v1/artifacts/content';
  for (const [asked, method, route, status] of [
    [posting, 'POST', upload, 201],
    [asking, 'GET', '/api/v1/artifacts/:id/lineage', 200],
    [failing, 'GET', '/api/v1/artifacts/:id', 404],
  ] as const) {
    const [server, ...others] = of(asked.traceId).sort((a) => (a.parentSpanId === asked.spanId ? -1 : 1));
    expect(server).toMatchObject({
      ...{ name: `${method} ${route}`, kind: 2, parentSpanId: asked.spanId, service: 'artifact-graph' },
      attributes: { 'http.request.method': method, 'http.route': route, 'http.response.status_code': status },
    });
    expect(others.length).toBeGreaterThan(0);
    for (const call of others) expect(call).toMatchObject({ kind: 3, parentSpanId: server?.spanId });
  }
  expect(of(asking.traceId)).toContainEqual(
    expect.objectContaining({
      name: expect.stringMatching(/^lineage\/[a-z-]+\.cypher$/) as string,
      attributes: { 'db.system.name': 'neo4j' },
    }),
  );
  expect(of(posting.traceId).map(({ name }) => name)).toContain('content put');
  // Names only: no id, text or parameter.
  expect(collector.bodies.join()).not.toContain(made.body.artifact_id);
  expect(collector.bodies.join()).not.toContain(description);

  const lines = logged.map((line) => logLine.parse(JSON.parse(line)));
  const ofRequests = lines.filter(({ requestId }) => requestId !== undefined);
  expect(ofRequests.length).toBeGreaterThanOrEqual(4);
  for (const { traceId } of ofRequests) expect(traceId).toMatch(/^[0-9a-f]{32}$/);
  expect(ofRequests.map(({ traceId }) => traceId)).toEqual(
    expect.arrayContaining([posting.traceId, asking.traceId, failing.traceId]),
  );
});

it('what has been gathered is sent when the service is told to end', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'traced-'));
  const { url: endpoint, spans } = collector;
  const child = CommandLine.inBucket('traced', folder).start(['serve'], {
    ...{ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_SERVICE_NAME: 'told-to-end' },
  });
  child.stdout.resume();
  const asked = traceparent();
  for await (const line of createInterface({ input: child.stderr })) {
    const address = /serving at (\S+)/.exec(line)?.[1];
    if (address === undefined) continue;
    child.stderr.resume();
    await (await fetch(`${address}/api/v1/artifacts?limit=1`, { headers: asked.headers })).text();
    break;
  }
  child.kill('SIGTERM');
  await once(child, 'exit');
  await rm(folder, { recursive: true });
  const names = spans.filter(({ traceId }) => traceId === asked.traceId).map(({ name }) => name);
  expect(names).toContain('GET /api/v1/artifacts');
  expect(spans.find(({ traceId }) => traceId === asked.traceId)).toMatchObject({ service: 'told-to-end' });
});
