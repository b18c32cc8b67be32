import { createHash } from 'node:crypto';
import { getArtifact } from '../../src/artifacts/get-artifact.js';
import { registerArtifact } from '../../src/artifacts/register-artifact.js';
import { whereIs } from '../../src/content/where-is.js';
import { sha256 } from '../../src/model/digest.js';
import { maxPayloadBytes } from '../../src/model/artifact.js';
import { countTraces } from '../support/events.js';
import { openTestContext, typeStatement, type TestContext } from '../support/graph.js';
import { openSecondInstance } from '../support/second-instance.js';

let test: TestContext;
beforeAll(async () => {
  test = await openTestContext();
});
afterAll(() => test.close());

const register = (input: unknown) => registerArtifact(test.ctx, input);
const invalid = (path: string) => ({ code: 'invalid_input', issues: [{ path }] });

async function countByDescription(description: string): Promise<unknown> {
  const [row] = await typeStatement(
    test,
    'MATCH (a:Artifact) WHERE a.createdAt > datetime() - duration("PT10M") AND a.description = $description RETURN count(a) AS count',
    { description },
  );
  return row?.count;
}

describe('a registration', () => {
  it('keeps every fact as it was sent', async () => {
    const facts = {
      type: 'video',
      path: '/data/v.mp4',
      url: 'https://example.org/v.mp4',
      payload: { nested: [1, -0.5, 'ü', null, { '': true }] },
      metadata: {
        width: 1920,
        height: 1080,
        duration: 12.5,
        codec: 'h264',
        channels: 2,
        sample_rate: 48_000,
        custom: { mood: 'calm' },
        extra: 1,
      },
      mimeType: 'video/mp4',
      sizeBytes: 123_456_789_012,
      description: 'Bär geht schlafen',
      safetyScore: 1,
      createdByAgent: 'video_agent',
      externalId: test.unique('external'),
    };
    const registered = await register(facts);
    expect(registered).toMatchObject({
      ...facts,
      lifecycleState: 'intermediate',
      generation: 0,
      createdByStepId: null,
    });
    expect(await getArtifact(test.ctx, registered.id)).toEqual(registered);
  });

  it.each([
    ['a text', 'Es war einmal', 'Es war einmal'],
    ['an empty text', '', ''],
    ['a text of other scripts', '月亮 🌙', '月亮 🌙'],
    ['an object, in canonical order', { b: 1, a: [true, null] }, '{"a":[true,null],"b":1}'],
    ['a number', 0.5, '0.5'],
  ])('has the hash of its payload: %s', async (_, payload, text) => {
    const contentHash = createHash('sha256').update(text).digest('hex');
    const registered = await register({ type: 'json', payload });
    expect(registered.contentHash).toBe(contentHash);
    const same = await register({ type: 'json', payload, contentHash });
    const found = await whereIs(test.ctx, sha256.parse(contentHash));
    expect(found.map(({ artifact }) => artifact.id)).toEqual(
      expect.arrayContaining([registered.id, same.id]),
    );
    await expect(register({ type: 'json', payload, contentHash: '0'.repeat(64) })).rejects.toMatchObject({
      code: 'hash_mismatch',
      expected: '0'.repeat(64),
      found: contentHash,
    });
  });

  it.each([['a text'], [['a', 'list']], [true], [0], [{ deep: { er: 1 } }]])(
    'gives back the payload %j',
    async (payload) => {
      const { id } = await register({ type: 'json', payload });
      expect((await getArtifact(test.ctx, id)).payload).toEqual(payload);
    },
  );

  it('is one generation above its sources', async () => {
    const [a, b] = [await register({ type: 'image' }), await register({ type: 'text' })];
    const c = await register({ type: 'image', sources: [{ artifactId: a.id, type: 'DERIVED_FROM' }] });
    const sources = [
      { artifactId: c.id, type: 'VARIANT_OF', metadata: { seed: 7 } },
      { artifactId: b.id, type: 'DERIVED_FROM' },
    ];
    const d = await register({ type: 'image', sources });
    expect([a, b, c, d].map(({ generation }) => generation)).toEqual([0, 0, 1, 2]);
  });

  it('keeps up to 256 KiB of payload inline and refuses more', async () => {
    const fits = 'x'.repeat(maxPayloadBytes);
    expect((await register({ type: 'text', payload: fits })).payload).toBe(fits);
    await expect(register({ type: 'text', payload: `${fits}x` })).rejects.toMatchObject(invalid('payload'));
    const cannotBeCounted = { text: 'ü'.repeat(maxPayloadBytes / 2) };
    await expect(register({ type: 'json', payload: cannotBeCounted })).rejects.toMatchObject(
      invalid('payload'),
    );
  });

  it.each([
    ['image', { width: 0 }, 'metadata.width'],
    ['image', { height: 1.5 }, 'metadata.height'],
    ['audio', { duration: -1 }, 'metadata.duration'],
    ['audio', { channels: 'two' }, 'metadata.channels'],
    ['audio', { sample_rate: 0 }, 'metadata.sample_rate'],
    ['video', { codec: 7 }, 'metadata.codec'],
    ['text', { character_count: -1 }, 'metadata.character_count'],
    ['text', { word_count: 'many' }, 'metadata.word_count'],
    ['json', { custom: [] }, 'metadata.custom'],
    ['image', [], 'metadata'],
    ['image', { big: 'x'.repeat(70_000) }, 'metadata'],
  ])('refuses %s metadata %j', async (type, metadata, path) => {
    await expect(register({ type, metadata })).rejects.toMatchObject(invalid(path));
  });

  it.each([
    [{ type: 'song' }, 'type'],
    [{}, 'type'],
    [{ type: 'image', safetyScore: 1.01 }, 'safetyScore'],
    [{ type: 'image', sizeBytes: -1 }, 'sizeBytes'],
    [{ type: 'image', contentHash: 'ABC' }, 'contentHash'],
    [{ type: 'image', mimeType: 'png' }, 'mimeType'],
    [{ type: 'image', description: '\ud800' }, 'description'],
    [{ type: 'json', payload: { text: '\udfff' } }, 'payload'],
    [{ type: 'json', payload: JSON.parse('{"__proto__": 1}') as unknown }, 'payload'],
    [{ type: 'image', sources: [{ artifactId: 'a', type: 'COPY_OF' }] }, 'sources.0.type'],
    [
      {
        type: 'image',
        sources: [
          { artifactId: 'a', type: 'VARIANT_OF' },
          { artifactId: 'a', type: 'VARIANT_OF' },
        ],
      },
      'sources',
    ],
  ])('refuses %j, naming the field', async (input, path) => {
    await expect(register(input)).rejects.toMatchObject(invalid(path));
  });

  it('refuses an unknown source or step, and leaves nothing', async () => {
    const known = await register({ type: 'image' });
    const before = await countTraces(test, known.id);
    const description = test.unique('never');
    const sources = [known.id, 'nobody'].map((artifactId) => ({ artifactId, type: 'DERIVED_FROM' }));
    await expect(register({ type: 'image', description, sources })).rejects.toMatchObject({
      code: 'not_found',
      entity: 'artifact',
      id: 'nobody',
    });
    const step = { type: 'image', description, createdByStepId: 'nobody', sources: sources.slice(0, 1) };
    await expect(register(step)).rejects.toMatchObject({ code: 'not_found', entity: 'step', id: 'nobody' });
    expect(await countByDescription(description)).toBe(0);
    expect(await countTraces(test, known.id)).toBe(before);
  });
});

describe('an external id', () => {
  it('with the same facts gives the existing artifact, with others a conflict', async () => {
    const source = await register({ type: 'text' });
    const input = {
      type: 'image',
      externalId: test.unique('external'),
      metadata: { height: 2, width: 1 },
      sources: [{ artifactId: source.id, type: 'DERIVED_FROM' }],
    };
    const first = await register(input);
    expect(await register({ ...input, metadata: { width: 1, height: 2 } })).toEqual(first);
    for (const other of [
      { ...input, type: 'video' },
      { ...input, description: 'x' },
      { ...input, sources: [{ artifactId: source.id, type: 'VARIANT_OF' }] },
    ]) {
      await expect(register(other)).rejects.toMatchObject({
        code: 'duplicate',
        facts: { artifactId: first.id },
      });
    }
    expect(await countTraces(test, first.id)).toBe(3);
  });

  it('is one artifact when two instances register it sixteen times at once', async () => {
    const other = openSecondInstance(test);
    try {
      for (let round = 0; round < 3; round++) {
        const input = { type: 'image', externalId: test.unique('external'), description: 'the same' };
        const contexts = [test.ctx, other];
        const all = await Promise.all(
          Array.from({ length: 16 }, (_, n) => registerArtifact(contexts[n % 2] ?? other, input)),
        );
        expect(new Set(all.map(({ id }) => id)).size).toBe(1);
      }
    } finally {
      await other.db.close();
    }
  });

  it('with different facts at once on two instances is given to one of them', async () => {
    const other = openSecondInstance(test);
    try {
      const externalId = test.unique('external');
      const contexts = [test.ctx, other];
      const outcomes = await Promise.allSettled(
        Array.from({ length: 8 }, (_, n) =>
          registerArtifact(contexts[n % 2] ?? other, {
            type: 'image',
            externalId,
            description: `number ${n}`,
          }),
        ),
      );
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const outcome of outcomes)
        if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'duplicate' });
    } finally {
      await other.db.close();
    }
  });
});
