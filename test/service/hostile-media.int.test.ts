import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { CommandLine } from '../cli/run-command.js';
import { hostileMedia, type HostileMedium } from '../content/hostile-media.js';
import { watchWaits } from '../support/watch-waits.js';
import { startServe, type ServeProcess } from './serve-process.js';

let dataDir: string;
let service: ServeProcess;
let watched: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'hostile-media-'));
  service = await startServe(CommandLine.inBucket(`hostile-${randomUUID()}`, dataDir));
  const plain = await upload({
    ...{ type: 'text', mimeType: 'text/plain', bytes: Buffer.from('a text'), facts: {}, drawn: false },
  });
  watched = `${service.url}/api/v1/artifacts/${plain.artifact_id}`;
  for (let n = 0; n < 20; n++) await (await fetch(watched)).arrayBuffer();
});
afterAll(async () => {
  await service.end('SIGTERM');
  await rm(dataDir, { recursive: true, force: true });
});

const recorded = z.looseObject({ artifact_id: z.string(), metadata: z.looseObject({}).nullable() });

/** A client that comes again when it is told to. */
async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  for (let tries = 0; ; tries++) {
    const answer = await fetch(`${service.url}/api/v1${path}`, init);
    if (answer.status !== 503 || tries === 12) return answer;
    await answer.arrayBuffer();
    await sleep(500);
  }
}

type Sent = Omit<HostileMedium, 'type'> & { type: HostileMedium['type'] | 'text' };

async function upload({ type, mimeType, bytes }: Sent): Promise<z.infer<typeof recorded>> {
  const init = { method: 'POST', headers: { 'content-type': mimeType }, body: bytes };
  const answer = await ask(`/artifacts/content?artifact_type=${type}`, init);
  expect(answer.status).toBe(201);
  return recorded.parse(await answer.json());
}

const wordsOf = { true: [200], false: [413, 415], null: [200, 413, 415] };

/** Sends it, has it drawn, and holds what the service says against what is right. */
async function meet(name: string, medium: HostileMedium): Promise<void> {
  const { artifact_id, metadata } = await upload(medium);
  expect([name, metadata]).toEqual([name, expect.objectContaining(medium.facts)]);
  const drawn = await ask(`/artifacts/${artifact_id}/preview?size=256`);
  await drawn.arrayBuffer();
  expect([name, wordsOf[`${medium.drawn}`]]).toEqual([name, expect.arrayContaining([drawn.status])]);
}

it('answers others within a second while hostile media are read and drawn, and says what each is', async () => {
  const media = Object.entries(hostileMedia).map(([name, make]) => [name, make()] as const);
  const waits = await watchWaits(watched, () =>
    Promise.all(media.map(([name, medium]) => meet(name, medium))),
  );
  expect(waits.asked).toBeGreaterThan(20);
  expect(waits.statuses).toEqual(new Set([200]));
  expect(waits.worstMs).toBeLessThan(1_000);
}, 300_000);

it('ends within ten seconds while they are drawn', async () => {
  const media = Object.entries(hostileMedia).flatMap(([name, make]) =>
    name.startsWith('SVG') || name.startsWith('an Opus') ? [make()] : [],
  );
  const under = media.map(async (medium) => {
    const { artifact_id } = await upload(medium);
    return fetch(`${service.url}/api/v1/artifacts/${artifact_id}/preview?size=128`).catch(() => null);
  });
  await sleep(3_000);
  expect(await service.end('SIGTERM')).toBeLessThan(10_000);
  await Promise.allSettled(under);
}, 60_000);
