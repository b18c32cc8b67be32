import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { CommandLine } from '../cli/run-command.js';
import { startServe, type ServeProcess } from '../service/serve-process.js';
import { watchWaits } from '../support/watch-waits.js';
import { Dice, tortureSettings } from './dice.js';
import { FuzzRequests } from './fuzz-requests.js';

let dataDir: string;
let service: ServeProcess;
let watched: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'fuzz-'));
  const program = CommandLine.inBucket(`fuzz-${randomUUID()}`, dataDir);
  service = await startServe(program, { LOG_LEVEL: 'silent' });
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"artifact_type":"text"}',
  };
  const answer = await fetch(`${service.url}/api/v1/artifacts`, init);
  const { artifact_id } = z.looseObject({ artifact_id: z.string() }).parse(await answer.json());
  watched = `${service.url}/api/v1/artifacts/${artifact_id}`;
});
afterAll(async () => {
  await service.end('SIGTERM');
  await rm(dataDir, { recursive: true, force: true });
});

const torture = tortureSettings(15);
/** A machine that runs other tests too is given more time than one that does nothing else for many minutes. */
const patienceMs = torture.seconds > 60 ? 1_000 : 3_000;

/** What went wrong: answers of 5xx but 503, and connections that broke off. */
async function fuzz(
  requests: FuzzRequests,
  dice: Dice,
  until: number,
  counts: Record<string, number>,
): Promise<string[]> {
  const faults: string[] = [];
  while (performance.now() < until) {
    const { method, path, headers, body } = requests.next(dice);
    const told = () => `${method} ${path} ${body?.toString('latin1').slice(0, 500)}`;
    try {
      const answer = await fetch(service.url + path, {
        method,
        headers,
        redirect: 'manual',
        ...(body ? { body } : {}),
      });
      const text = await answer.text();
      counts[answer.status] = (counts[answer.status] ?? 0) + 1;
      if (answer.status >= 500 && answer.status !== 503)
        faults.push(`${answer.status}: ${told()}: ${text.slice(0, 300)}`);
      if (answer.status === 200 && /"code":"internal"/.test(text))
        faults.push(`${told()}: ${text.slice(0, 500)}`);
      // Of what it has made itself: other tests share the database.
      if (method !== 'POST' || answer.status !== 201) continue;
      for (const [, id] of text.matchAll(/"(?:artifact|run|step|story|upload)_id":"([^"]+)"/g)) {
        if (id !== undefined) requests.remember(id);
      }
    } catch (error) {
      faults.push(`${error instanceof Error ? error.message : 'odd'}: ${told()}`);
    }
  }
  return faults;
}

async function memoryBytes(): Promise<number> {
  const text = await (await fetch(`${service.url}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (\S+)/m.exec(text)?.[1]);
}

it(
  'answers nothing but what it promises, keeps others waiting for no second, and stays small',
  async () => {
    const requests = new FuzzRequests(await (await fetch(`${service.url}/openapi.json`)).json());
    const dice = new Dice(torture.seed);
    const counts: Record<string, number> = {};
    const faults: string[] = [];
    const until = performance.now() + torture.seconds * 1000;
    const waits = await watchWaits(watched, async () => {
      const clients = Array.from({ length: 5 }, () => fuzz(requests, dice.split(), until, counts));
      faults.push(...(await Promise.all(clients)).flat());
    });
    const memory = await memoryBytes();
    if (process.env.TORTURE_SECONDS) console.log(JSON.stringify({ ...torture, ...counts, ...waits, memory }));
    expect({ seed: torture.seed, faults: faults.slice(0, 20) }).toEqual({ seed: torture.seed, faults: [] });
    expect([...waits.statuses].filter((status) => status !== 200 && status !== 503)).toEqual([]);
    expect(waits.worstMs).toBeLessThan(patienceMs);
    expect(memory).toBeLessThan(1e9);
  },
  (torture.seconds + 120) * 1000,
);
