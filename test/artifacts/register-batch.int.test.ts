import { getArtifact } from '../../src/artifacts/get-artifact.js';
import { registerArtifact } from '../../src/artifacts/register-artifact.js';
import { registerBatch } from '../../src/artifacts/register-batch.js';
import { countTraces, listChanges } from '../support/events.js';
import { openTestContext, typeStatement, type TestContext } from '../support/graph.js';
import { openSecondInstance } from '../support/second-instance.js';

let test: TestContext;
beforeAll(async () => {
  test = await openTestContext();
});
afterAll(() => test.close());

const image = (sources: string[] = []) =>
  registerArtifact(test.ctx, {
    type: 'image',
    sources: sources.map((artifactId) => ({ artifactId, type: 'DERIVED_FROM' })),
  });
const batch = (input: unknown) => registerBatch(test.ctx, input);
const from = (artifactId: string) => ({ artifactId, type: 'DERIVED_FROM' });
const related = (product: string, source: string) => ({ product, source, type: 'DERIVED_FROM' });

async function edgesOf(ids: string[]): Promise<{ count: number; wrong: number }> {
  const [row] = await typeStatement(
    test,
    `UNWIND $ids AS id MATCH (p:Artifact {id: id})-[r:DERIVED_FROM|VARIANT_OF|TRANSCODED_FROM]->(s)
     RETURN count(r) AS count, count(CASE WHEN p.generation <= s.generation THEN 1 END) AS wrong`,
    { ids },
  );
  return { count: Number(row?.count), wrong: Number(row?.wrong) };
}

describe('a batch', () => {
  it('writes artifacts with the edges among them, in any order', async () => {
    const { artifacts, relations } = await batch({
      artifacts: [
        { ref: 'video', type: 'video', sources: [from('audio'), from('image')] },
        { ref: 'audio', type: 'audio', sources: [from('text')] },
        { ref: 'image', type: 'image' },
        { ref: 'text', type: 'text' },
      ],
      relations: [{ product: 'image', source: 'text', type: 'VARIANT_OF', metadata: { seed: 1 } }],
    });
    expect(relations).toBe(4);
    const generations = await Promise.all(
      artifacts.map(async ({ ref, artifactId }) => [
        ref,
        (await getArtifact(test.ctx, artifactId)).generation,
      ]),
    );
    expect(Object.fromEntries(generations)).toEqual({ video: 2, audio: 1, image: 1, text: 0 });
  });

  it('relates to existing artifacts in both directions, lifting where needed, with an audit event for each such edge', async () => {
    const below = await image();
    const known = await image();
    const product = await image([known.id]);
    const { artifacts, relations } = await batch({
      artifacts: [
        { ref: 'a', type: 'image', sources: [from(below.id)] },
        { ref: 'b', type: 'image', sources: [from('a')] },
        { ref: 'c', type: 'image', sources: [from(product.id)] },
      ],
      relations: [related(known.id, 'b')],
    });
    const ids = [...artifacts.map(({ artifactId }) => artifactId), known.id, product.id, below.id];
    expect(relations).toBe(4);
    expect(await edgesOf(ids)).toEqual({ count: 5, wrong: 0 });
    expect((await getArtifact(test.ctx, known.id)).generation).toBe(3);
    expect((await listChanges(test, known.id)).map((change) => change.split(' ')[0])).toEqual([
      'artifact.registered',
      'artifact.related',
    ]);
  });

  it.each([
    [
      'a cycle among the new',
      {
        artifacts: [
          { ref: 'a', type: 'image', sources: [from('b')] },
          { ref: 'b', type: 'image', sources: [from('a')] },
        ],
      },
      'cycle',
    ],
    ['a self edge', { artifacts: [{ ref: 'a', type: 'image', sources: [from('a')] }] }, 'cycle'],
    [
      'the same edge twice',
      {
        artifacts: [
          { ref: 'a', type: 'image' },
          { ref: 'b', type: 'image', sources: [from('a')] },
        ],
        relations: [related('b', 'a')],
      },
      'duplicate',
    ],
    [
      'an unknown source',
      { artifacts: [{ ref: 'a', type: 'image', sources: [from('nobody')] }] },
      'not_found',
    ],
    ['an unknown step', { artifacts: [{ ref: 'a', type: 'image', createdByStepId: 'nobody' }] }, 'not_found'],
    [
      'an unknown end of a relation',
      { artifacts: [{ ref: 'a', type: 'image' }], relations: [related('nobody', 'a')] },
      'not_found',
    ],
    [
      'a ref twice',
      {
        artifacts: [
          { ref: 'a', type: 'image' },
          { ref: 'a', type: 'text' },
        ],
      },
      'invalid_input',
    ],
    [
      'one artifact of an unknown type',
      {
        artifacts: [
          { ref: 'a', type: 'image' },
          { ref: 'b', type: 'song' },
        ],
      },
      'invalid_input',
    ],
  ])('with %s writes nothing at all', async (_what, input, code) => {
    const witness = await image();
    const before = await countTraces(test, witness.id);
    const description = test.unique('never');
    const artifacts = [
      ...input.artifacts,
      { ref: 'witness', type: 'text', description, sources: [from(witness.id)] },
    ];
    await expect(batch({ ...input, artifacts })).rejects.toMatchObject({ code });
    expect(await countTraces(test, witness.id)).toBe(before);
  });

  it('names the way of a cycle through existing artifacts by ids, among new ones by refs', async () => {
    const [a, witness] = [await image(), await image()];
    const b = await image([a.id]);
    const input = {
      artifacts: [{ ref: 'x', type: 'image', sources: [from(b.id)] }],
      relations: [related(witness.id, 'x'), related(a.id, 'x')],
    };
    const error = await batch(input).catch((refused: unknown) => refused);
    expect(error).toMatchObject({ code: 'cycle', facts: { path: [a.id, b.id, expect.any(String)] } });
    expect((await getArtifact(test.ctx, witness.id)).generation).toBe(0);
    const among = batch({
      artifacts: [
        { ref: 'p', type: 'image', sources: [from('q')] },
        { ref: 'q', type: 'image', sources: [from('p')] },
      ],
    });
    await expect(among).rejects.toMatchObject({ facts: { path: ['p', 'q'] } });
  });

  it('may be sent again, also by two instances at once: known external ids stand for what is there', async () => {
    const other = openSecondInstance(test);
    try {
      const [source, product] = [await image(), await image()];
      const input = {
        artifacts: [
          { ref: 'a', type: 'image', externalId: test.unique('a'), sources: [from(source.id)] },
          { ref: 'b', type: 'image', externalId: test.unique('b'), sources: [from('a')] },
        ],
        relations: [related(product.id, 'b'), { product: 'b', source: 'a', type: 'VARIANT_OF' }],
      };
      const both = await Promise.all([
        batch(input),
        registerBatch(other, input),
        batch(input),
        registerBatch(other, input),
      ]);
      expect(new Set(both.map(({ artifacts }) => JSON.stringify(artifacts))).size).toBe(1);
      expect(both.map(({ relations }) => relations).sort()).toEqual([0, 0, 0, 4]);
      const differs = {
        ...input,
        artifacts: input.artifacts.map((artifact) => ({ ...artifact, type: 'video' })),
      };
      await expect(batch(differs)).rejects.toMatchObject({ code: 'duplicate' });
    } finally {
      await other.db.close();
    }
  });

  it('of 5,000 artifacts with 4,999 edges, a lift among them, is one transaction of seconds', async () => {
    const known = await image();
    const product = await image([known.id]);
    const count = 5000;
    const artifacts = Array.from({ length: count }, (_, n) => ({
      ref: `r${n}`,
      type: 'image',
      externalId: `${known.id} ${n}`,
      sources: n % 100 === 0 ? [] : [from(`r${n - 1}`)],
    }));
    // The heads of the chains come from the ends of those before them; the first chain's head from nothing.
    const heads = Array.from({ length: 49 }, (_, n) => related(`r${(n + 1) * 100}`, `r${(n + 1) * 100 - 1}`));
    const input = { artifacts, relations: [...heads, related(known.id, `r${count - 1}`)] };
    const began = performance.now();
    const written = await batch(input);
    expect(performance.now() - began).toBeLessThan(60_000);
    expect(written.relations).toBe(count);
    const ids = written.artifacts.map(({ artifactId }) => artifactId);
    expect(await edgesOf([...ids, known.id, product.id])).toEqual({ count: count + 1, wrong: 0 });
    expect((await getArtifact(test.ctx, product.id)).generation).toBe(count + 1);
    const again = await batch(input);
    expect(again).toEqual({ ...written, relations: 0 });
  });

  it('of more than 10,000 items is refused', async () => {
    const artifacts = Array.from({ length: 10_001 }, (_, n) => ({ ref: `r${n}`, type: 'image' }));
    await expect(batch({ artifacts })).rejects.toMatchObject({ code: 'invalid_input' });
    const relations = [related('r0', 'r1')];
    await expect(batch({ artifacts: artifacts.slice(1), relations })).rejects.toMatchObject({
      code: 'invalid_input',
    });
  });
});
