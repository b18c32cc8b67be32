import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { moveArtifact } from '../../src/artifacts/move-artifact.js';
import { registerArtifact } from '../../src/artifacts/register-artifact.js';
import { listEvents } from '../../src/audit/list-events.js';
import { openRest, type TestRest } from './open-rest.js';

const program = fileURLToPath(new URL('feed-reader.mjs', import.meta.url));
const kept = z.object({ id: z.string(), node_id: z.string() });
type Kept = z.infer<typeof kept>;
const kills = 20;

let rest: TestRest;
let folder: string;
beforeAll(async () => {
  rest = await openRest();
  folder = await mkdtemp(join(tmpdir(), 'feed-reader-'));
});
afterAll(async () => {
  await rest.close();
  await rm(folder, { recursive: true });
});

async function readKept(file: string): Promise<Kept[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const lines = text.split('\n').slice(0, -1);
  return lines.map((line) => kept.parse(JSON.parse(line)));
}

/** Starts a reader, lets it see something new or all there is, and kills it. */
async function readForAWhile(
  actor: string,
  mode: string,
  enough: (seen: Kept[], before: number) => boolean,
): Promise<void> {
  const file = join(folder, mode);
  const before = (await readKept(file)).length;
  const child = spawn(process.execPath, [program, `${rest.url}/api/v1/events?actor=${actor}`, file, mode], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const deadline = Date.now() + 60_000;
  while (!enough(await readKept(file), before) && Date.now() < deadline) await sleep(10);
  child.kill('SIGKILL');
  await once(child, 'exit');
}

it('a reader that is killed twenty times while 16 writers write sees everything, in order for each node', async () => {
  const actor = rest.unique('writer');
  const ctx = { ...rest.ctx, actor };
  const over = new AbortController();
  const write = async () => {
    while (!over.signal.aborted) {
      const { id } = await registerArtifact(ctx, { type: 'image' });
      await moveArtifact(ctx, { id, to: 'candidate' });
      await moveArtifact(ctx, { id, to: 'archived' });
      await sleep(200);
    }
  };
  const writers = Promise.all(Array.from({ length: 16 }, write));
  const modes = ['pages', 'stream'];
  await Promise.all(
    modes.map(async (mode) => {
      for (let n = 0; n < kills; n++)
        await readForAWhile(actor, mode, ({ length }, before) => length > before + n);
    }),
  );
  over.abort();
  await writers;
  const written = await readAll(actor);
  for (const mode of modes) {
    const whole = (seen: Kept[]) => new Set(seen.map(({ id }) => id)).size === written.length;
    await readForAWhile(actor, mode, whole);
    const seen = await readKept(join(folder, mode));
    expect(byNode(seen)).toEqual(byNode(written));
  }
});

/** The ids of each node's events, each once, in the order of first arrival. */
function byNode(events: Kept[]): Map<string, string[]> {
  const ids = new Map<string, Set<string>>();
  for (const { id, node_id } of events) ids.set(node_id, (ids.get(node_id) ?? new Set()).add(id));
  return new Map([...ids].sort(([a], [b]) => (a < b ? -1 : 1)).map(([node, set]) => [node, [...set]]));
}

/** Every event of the actor as the graph has it. */
async function readAll(actor: string): Promise<Kept[]> {
  const all = [];
  for (let after: string | undefined; ;) {
    const { events, hasMore } = await listEvents(rest.ctx, { actor, after, first: 1000, newestFirst: true });
    all.push(...events.map(({ id, nodeId }) => ({ id, node_id: nodeId ?? '' })));
    after = events.at(-1)?.cursor;
    if (!hasMore) return all.reverse();
  }
}
