import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { moveArtifact } from '../../src/artifacts/move-artifact.js';
import { registerArtifact } from '../../src/artifacts/register-artifact.js';
import { registerBatch } from '../../src/artifacts/register-batch.js';
import { listEvents, type ListedEvent } from '../../src/audit/list-events.js';
import { packageRoot } from '../../src/package-root.js';
import { openTestContext, typeStatement, type TestContext } from '../support/graph.js';

let test: TestContext;
beforeAll(async () => {
  test = await openTestContext();
});
afterAll(() => test.close());

async function readAll(input: Record<string, unknown>, after?: string): Promise<ListedEvent[]> {
  const all: ListedEvent[] = [];
  for (let cursor = after; ;) {
    const { events, hasMore } = await listEvents(test.ctx, { ...input, after: cursor });
    all.push(...events);
    cursor = events.at(-1)?.cursor ?? cursor;
    if (!hasMore) return all;
  }
}

/** The same once there are `count` events: open transactions of other tests hold the feed up for a moment. */
async function readOnce(count: number, input: Record<string, unknown>): Promise<ListedEvent[]> {
  for (let attempt = 0; ; attempt++) {
    const all = await readAll(input);
    if (all.length >= count || attempt === 300) return all;
    await sleep(100);
  }
}

const placeOf = (cursor: string | null) =>
  String((JSON.parse(Buffer.from(cursor ?? '', 'base64url').toString()) as string[])[0]);

describe('the feed of changes', () => {
  it('goes on behind a cursor, and ends where it began when read backwards', async () => {
    const actor = test.unique('writer');
    const ctx = { ...test.ctx, actor };
    for (let n = 0; n < 5; n++) await registerArtifact(ctx, { type: 'image' });
    const all = await readOnce(5, { actor, first: 2 });
    expect(all).toHaveLength(5);
    expect(await readAll({ actor, first: 2 }, all[1]?.cursor)).toEqual(all.slice(2));
    expect(await readAll({ actor, first: 2, newestFirst: true })).toEqual([...all].reverse());
  });

  it('gives each of sixty events of one moment once, whatever the pages are', async () => {
    const actor = test.unique('writer');
    const artifacts = Array.from({ length: 60 }, (_, n) => ({ ref: `r${n}`, type: 'image' }));
    await registerBatch({ ...test.ctx, actor }, { artifacts });
    const all = await readOnce(60, { actor });
    expect(new Set(all.map(({ at }) => at)).size).toBeLessThan(60);
    expect(new Set(all.map(({ nodeId }) => nodeId)).size).toBe(60);
    for (const first of [1, 2, 3, 7, 59]) {
      expect(await readAll({ actor, first })).toEqual(all);
      expect(await readAll({ actor, first, newestFirst: true })).toEqual([...all].reverse());
    }
  });

  it.each(['action', 'nodeId', 'both', 'span'])('filters by %s', async (by) => {
    const ctx = { ...test.ctx, actor: test.unique('writer') };
    const { id } = await registerArtifact(ctx, { type: 'image' });
    await moveArtifact(ctx, { id, to: 'candidate' });
    const all = await readOnce(2, { nodeId: id });
    expect(all.map(({ action }) => action)).toEqual(['artifact.registered', 'artifact.moved']);
    const filters: Record<string, object> = {
      action: { action: 'artifact.moved', actor: ctx.actor },
      nodeId: { nodeId: id, action: 'artifact.moved' },
      both: { nodeId: id, action: 'artifact.moved', actor: ctx.actor },
      span: { nodeId: id, since: new Date(all[1]?.at ?? 0).toISOString(), action: 'artifact.moved' },
    };
    for (const newestFirst of [false, true])
      expect(await readOnce(1, { ...filters[by], newestFirst })).toEqual(all.slice(1));
  });

  it('says where to go on also where nothing was asked for', async () => {
    const actor = test.unique('writer');
    const { id } = await registerArtifact({ ...test.ctx, actor: `${actor}-other` }, { type: 'image' });
    await readOnce(1, { nodeId: id });
    const { events, end } = await listEvents(test.ctx, { actor });
    expect(events).toEqual([]);
    // What was there is behind it, what comes is not.
    expect(await readAll({ nodeId: id }, end ?? '')).toEqual([]);
    await moveArtifact({ ...test.ctx, actor }, { id, to: 'candidate' });
    for (let after = end ?? ''; ;) {
      const page = await listEvents(test.ctx, { actor, after });
      expect(Date.parse(placeOf(page.end))).toBeGreaterThanOrEqual(Date.parse(placeOf(after)));
      if (page.events.length === 1) break;
      after = page.end ?? after;
      await sleep(20);
    }
  });

  it('waits for a transaction that began earlier and commits later', async () => {
    const { db } = test.ctx;
    const actor = test.unique('slow');
    const session = db.driver.session({ database: db.name });
    try {
      const slow = session.beginTransaction();
      await slow.run(
        `CREATE (:Artifact {id: $id, type: 'image', lifecycleState: 'intermediate', generation: 0, createdAt: datetime(), storedAt: datetime()})
         CREATE (:AuditEvent {at: datetime.realtime(), actor: $actor, action: 'artifact.registered', nodeId: $id})`,
        { actor, id: test.unique() },
      );
      const quick = await registerArtifact({ ...test.ctx, actor: `${actor}-quick` }, { type: 'image' });
      expect(await readAll({ nodeId: quick.id })).toEqual([]);
      await slow.commit();
    } finally {
      await session.close();
    }
    const both = [actor, `${actor}-quick`];
    const [first] = await readOnce(1, { actor });
    await readOnce(1, { actor: both[1] });
    const since = new Date((first?.at ?? 0) - 1).toISOString();
    const names = (await readAll({ since })).map((event) => event.actor ?? '');
    expect(names.filter((name) => both.includes(name))).toEqual(both);
  });

  it('brings every event of many writers to a reader that keeps beginning again', async () => {
    const actor = test.unique('many');
    const since = new Date(Date.now() - 1000).toISOString();
    const writers = Promise.all(
      Array.from({ length: 16 }, async () => {
        for (let n = 0; n < 10; n++) {
          const { id } = await registerArtifact({ ...test.ctx, actor }, { type: 'image' });
          await moveArtifact({ ...test.ctx, actor }, { id, to: 'candidate' });
          await moveArtifact({ ...test.ctx, actor }, { id, to: 'archived' });
        }
      }),
    );
    const seen: ListedEvent[] = [];
    const own = () => seen.filter((event) => event.actor === actor);
    const deadline = Date.now() + 60_000;
    while (own().length < 480 && Date.now() < deadline)
      seen.push(...(await readAll({ since, first: 50 }, seen.at(-1)?.cursor)));
    await writers;
    expect(own()).toHaveLength(480);
    for (const nodeId of new Set(own().map((event) => event.nodeId))) {
      const states = own()
        .filter((event) => event.nodeId === nodeId)
        .map(({ after }) => after);
      expect(states).toEqual(['intermediate', 'candidate', 'archived']);
    }
  });

  it('has changes that were typed by hand', async () => {
    const { id } = await registerArtifact(test.ctx, { type: 'image' });
    await typeStatement(test, "MATCH (a:Artifact {id: $id}) SET a.lifecycleState = 'candidate'", { id });
    expect((await readOnce(2, { nodeId: id })).at(-1)).toMatchObject({
      actor: 'direct statement',
      after: 'candidate',
    });
  });

  it.each(['x', Buffer.from('[]').toString('base64url'), Buffer.from('["2026","x"]').toString('base64url')])(
    'refuses the cursor %j',
    async (after) => {
      await expect(listEvents(test.ctx, { after })).rejects.toMatchObject({ code: 'invalid_input' });
    },
  );
});

it('every statement that records a change takes its time from the database', () => {
  const folder = join(packageRoot, 'cypher');
  const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.cypher'))
    .map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }))
    .filter(({ text }) => /CREATE \([^)]*:AuditEvent/.test(text));
  expect(texts.length).toBeGreaterThan(3);
  const others = texts.filter(({ text }) => !text.includes(' at: datetime.realtime()'));
  expect(others.map(({ file }) => file)).toEqual([]);
});
