import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseConfig } from '../../src/config.js';
import { getMinio } from '../../src/local/minio-install.js';
import { startMinio } from '../../src/local/minio.js';
import { listen, type Listening } from '../../src/service/listen.js';
import { openService, type Service } from '../../src/service/open-service.js';
import { startSmallNeo4j } from '../support/small-neo4j.js';

/** A Neo4j and a MinIO of their own: this test stops them, as a hung disk or a long pause does. */
let dataDir: string;
let parts: { neo4j: { pid: number }; minio: { pid: number } };
let service: Service;
let listening: Listening;
const stops: (() => Promise<void>)[] = [];

const deadlines = { readMs: 5_000, writeMs: 8_000 };
const idle = new AbortController();

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'hanging-'));
  const cacheDir = process.env.ARTIFACT_GRAPH_CACHE;
  const options = { dataDir, cacheDir, onProgress: () => undefined, signal: idle.signal };
  await getMinio(options);
  const [neo4j, minio] = await Promise.all([startSmallNeo4j(dataDir), startMinio(options)]);
  stops.push(neo4j.stop, minio.stop);
  parts = { neo4j, minio };
  const config = parseConfig({
    PORT: '0',
    DATA_DIR: dataDir,
    LOG_LEVEL: 'silent',
    READ_DEADLINE_MS: String(deadlines.readMs),
    WRITE_DEADLINE_MS: String(deadlines.writeMs),
    NEO4J_URI: neo4j.uri,
    NEO4J_PASSWORD: neo4j.password,
    S3_ENDPOINT: minio.endpoint,
    S3_ACCESS_KEY: minio.accessKey,
    S3_SECRET_KEY: minio.secretKey,
  });
  service = await openService({ config, onProgress: () => undefined, signal: idle.signal, actor: 'test' });
  listening = await listen(config, service);
});
afterAll(async () => {
  await listening.close();
  await service.close();
  for (const stop of stops) await stop();
  await rm(dataDir, { recursive: true, force: true });
});

interface Answer {
  what: string;
  status: number;
  retryAfter: string | null;
  ms: number;
  /** Of an acknowledged write. */
  id: string | undefined;
}

async function ask(what: string, path: string, init: RequestInit = {}): Promise<Answer> {
  const began = performance.now();
  const answer = await fetch(listening.url + path, init);
  const text = await answer.text();
  const id = answer.status === 201 ? (JSON.parse(text) as { artifact_id: string }).artifact_id : undefined;
  const ms = performance.now() - began;
  return { what, status: answer.status, retryAfter: answer.headers.get('retry-after'), ms, id };
}

const post = (path: string, json: unknown): [string, RequestInit] => [
  path,
  { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(json) },
];
const upload = (): [string, RequestInit] => [
  '/api/v1/artifacts/content?artifact_type=text',
  { method: 'POST', headers: { 'content-type': 'text/plain' }, body: `bytes ${randomUUID()}` },
];
const query = `{ artifacts(limit: 1) { id } }`;

function requests(id: string): Record<string, () => Promise<Answer>> {
  return {
    get: () => ask('get', `/api/v1/artifacts/${id}`),
    list: () => ask('list', '/api/v1/artifacts?state=any&limit=5'),
    lineage: () => ask('lineage', `/api/v1/artifacts/${id}/lineage`),
    download: () => ask('download', `/api/v1/artifacts/${id}/content`),
    graphql: () => ask('graphql', ...post('/graphql', { query })),
    post: () => ask('post', ...post('/api/v1/artifacts', { artifact_type: 'text' })),
    upload: () => ask('upload', ...upload()),
  };
}

/** Eight clients that ask on and on, until `stop` is called. */
function manyClients(id: string): { stop: () => Promise<Answer[]> } {
  const kinds = Object.values(requests(id));
  const answers: Answer[] = [];
  let isOver = false;
  const client = async (first: number) => {
    for (let n = first; !isOver; n++) {
      const send = kinds[n % kinds.length];
      if (send) answers.push(await send());
      await sleep(50);
    }
  };
  const running = Promise.all(Array.from({ length: 8 }, (_, n) => client(n)));
  return {
    stop: async () => {
      isOver = true;
      await running;
      return answers;
    },
  };
}

/** A machine that is free takes five seconds; one that runs other tests too has its time. */
async function untilAllSucceed(id: string): Promise<void> {
  for (const end = performance.now() + 30_000; ; await sleep(500)) {
    const back = await Promise.all(Object.values(requests(id)).map((send) => send()));
    if (back.every(({ status }) => status < 300)) return;
    if (performance.now() > end) throw new Error(`still refused: ${JSON.stringify(back)}`);
  }
}

it.each(['neo4j', 'minio'] as const)(
  'is answered by every deadline while %s hangs, and recovers by itself',
  async (part) => {
    const { id = '' } = await ask('upload', ...upload());
    const clients = manyClients(id);
    await sleep(1_000);
    process.kill(parts[part].pid, 'SIGSTOP');
    try {
      await sleep(9_000);
      const needing = part === 'neo4j' ? 'get' : 'download';
      const known = await requests(id)[needing]?.();
      expect(known).toMatchObject({ status: 503, retryAfter: expect.any(String) as string });
      expect(known?.ms).toBeLessThan(1_000);
      const health = await ask('health', '/api/v1/artifacts/health');
      expect(health.status).toBe(503);
      expect(health.ms).toBeLessThan(4_000);
    } finally {
      process.kill(parts[part].pid, 'SIGCONT');
    }
    await untilAllSucceed(id);
    const answers = await clients.stop();
    for (const { what, status, ms, retryAfter } of answers) {
      expect([what, [200, 201, 503].includes(status), status]).toEqual([what, true, status]);
      if (status === 503) expect([what, retryAfter]).toEqual([what, expect.any(String)]);
      const isWrite = what === 'post' || what === 'upload';
      const deadline = isWrite ? deadlines.writeMs : deadlines.readMs;
      // The clients share a busy process with the service, so they hear of it somewhat later.
      expect([what, ms, ms < deadline + 3_000]).toEqual([what, ms, true]);
    }
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 201, 503]));
    for (const { id: made } of answers) {
      if (made) expect((await ask('get', `/api/v1/artifacts/${made}`)).status).toBe(200);
    }
  },
);
