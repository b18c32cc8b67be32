import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { CommandLine } from '../cli/run-command.js';
import { openTestContext, type TestContext } from '../support/graph.js';
import { startBalancer } from './balancer.js';
import { startServe, type ServeProcess } from './serve-process.js';

/** Two services as they are deployed: a process each, one graph, one bucket, a balancer before them. */
let graph: TestContext;
let dataDir: string;
let instances: ServeProcess[];
let balancer: { url: string; stop: () => void };

const startInstance = (bucket: string, folder: string) => startServe(CommandLine.inBucket(bucket, folder));

beforeAll(async () => {
  graph = await openTestContext();
  dataDir = await mkdtemp(join(tmpdir(), 'instances-'));
  const bucket = `instances-${randomUUID()}`;
  instances = [
    await startInstance(bucket, join(dataDir, 'one')),
    await startInstance(bucket, join(dataDir, 'two')),
  ];
  balancer = await startBalancer(instances.map(({ url }) => url));
});
afterAll(async () => {
  balancer.stop();
  await Promise.all(instances.map(({ end }) => end('SIGTERM')));
  await graph.close();
  await rm(dataDir, { recursive: true, force: true });
});

const recorded = z.looseObject({ artifact_id: z.string() });

function post(base: string, description: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${base}/api/v1/artifacts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ artifact_type: 'image', description }),
  });
}

it('whoever was answered finds it at the other instance at once', async () => {
  for (let n = 0; n < 20; n++) {
    const { artifact_id } = recorded.parse(await (await post(balancer.url, 'read your writes')).json());
    const answers = await Promise.all(
      instances.map(({ url }) => fetch(`${url}/api/v1/artifacts/${artifact_id}`)),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  }
});

it('what is sent with one key to both at the same time is recorded once', async () => {
  const keys = Array.from({ length: 20 }, () => randomUUID());
  const description = graph.unique('keyed');
  const sent = keys.flatMap((key) =>
    instances.map(({ url }) => post(url, description, { 'idempotency-key': key })),
  );
  const statuses = (await Promise.all(sent)).map(({ status }) => status);
  expect(new Set(statuses)).toEqual(new Set([201, 409].filter((status) => statuses.includes(status))));
  // Whoever heard that another request with the key was under way gets its answer now.
  const again = await Promise.all(
    keys.map((key) => post(balancer.url, description, { 'idempotency-key': key })),
  );
  expect(again.every(({ status }) => status === 201)).toBe(true);
  expect(await countOf(description)).toBe(keys.length);
});

it('bytes that one has taken are given out by the other', async () => {
  const bytes = `a page of ${randomUUID()}`;
  const [one, two] = instances.map(({ url }) => url);
  const up = await fetch(`${one}/api/v1/artifacts/content?artifact_type=text`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: bytes,
  });
  const { artifact_id } = recorded.parse(await up.json());
  const down = await fetch(`${two}/api/v1/artifacts/${artifact_id}/content`);
  expect(await down.text()).toBe(bytes);
});

it('nothing is lost or recorded twice when one is killed under load', async () => {
  const description = graph.unique('killed');
  const keys = Array.from({ length: 120 }, () => randomUUID());
  const queue = keys.values();
  const client = async () => {
    for (const key of queue) {
      // As every client should: again with the same key, until there is an answer.
      while ((await post(balancer.url, description, { 'idempotency-key': key })).status !== 201)
        await sleep(50);
    }
  };
  const clients = Promise.all(Array.from({ length: 8 }, client));
  await sleep(100);
  await instances[0]?.end('SIGKILL');
  await clients;
  expect(await countOf(description)).toBe(keys.length);
  expect((await fetch(`${balancer.url}/api/v1/artifacts/health`)).status).toBe(200);
});

async function countOf(description: string): Promise<number> {
  const { records } = await graph.ctx.db.driver.executeQuery(
    'MATCH (a:Artifact {description: $description}) RETURN count(a) AS n',
    { description },
  );
  return Number(records[0]?.get('n'));
}
