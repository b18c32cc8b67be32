import { listCuts } from '../../src/lineage/list-cuts.js';
import { readLineage } from '../../src/lineage/read-trace.js';
import { traceLineage, type Lineage } from '../../src/lineage/trace-lineage.js';
import { InvalidInput, NotFound } from '../../src/errors.js';
import { openTestContext, type TestContext } from '../support/graph.js';
import { Oracle, type Expected } from './oracle.js';
import {
  chain,
  ladder,
  loadShape,
  randomGraph,
  star,
  type EdgeType,
  type Shape,
} from './provenance-shapes.js';

let test: TestContext;
beforeAll(async () => {
  test = await openTestContext();
});
afterAll(() => test.close());

function comparable({ nodes, edges, truncated }: Lineage): Expected {
  return {
    nodes: nodes.map(({ artifactId, depth, direction }) => [
      artifactId,
      direction === 'upstream' ? depth : -depth,
    ]),
    edges: edges.map(({ productId, type, sourceId }) => `${productId} ${type} ${sourceId}`).sort(),
    truncated,
  };
}

interface Case {
  start: number;
  depths: number[];
  limits: number[];
  types?: EdgeType[];
}

async function agreesWithOracle(shape: Shape, cases: readonly Case[]): Promise<void> {
  await loadShape(test.ctx.db.driver, shape);
  const oracle = new Oracle(shape);
  const questions = cases.flatMap(({ start, depths, limits, types }) =>
    (['upstream', 'downstream', 'both'] as const).flatMap((direction) =>
      depths.flatMap((depth) => limits.map((limit) => ({ start, direction, depth, limit, types }))),
    ),
  );
  for (const { start, ...question } of questions) {
    const { types: relationTypes, ...rest } = question;
    const artifactId = shape.artifacts[start]?.id;
    const answer = await traceLineage(test.ctx, { artifactId, ...rest, relationTypes });
    expect({ question, ...comparable(answer) }).toEqual({
      question,
      ...oracle.answer({ start, ...question }),
    });
    expect(answer.totalCount).toBe(1 + answer.nodes.length);
  }
}

describe('a lineage is what an independent breadth-first search finds', () => {
  it('along a chain of 2,000', async () => {
    await agreesWithOracle(chain(2000), [
      { start: 1999, depths: [1, 20, 1000], limits: [1, 50, 1000, 100_000] },
      { start: 1000, depths: [999, 1000], limits: [1000, 6000] },
      { start: 0, depths: [20], limits: [19, 20] },
    ]);
  });

  it('up and down a ladder of 40 levels of two, which has 2^40 ways through it', async () => {
    await agreesWithOracle(ladder(40), [
      { start: 79, depths: [1, 38, 39, 40, 1000], limits: [1, 2, 77, 78, 100_000] },
      { start: 40, depths: [3, 31], limits: [5, 12, 6000] },
    ]);
  });

  it('around a star of 10,000', async () => {
    await agreesWithOracle(star(10_000), [
      { start: 0, depths: [1, 50], limits: [1, 100, 9_999, 10_000, 100_000] },
      { start: 5000, depths: [1, 1000], limits: [10] },
    ]);
  });

  it('in a random graph of 100,000 with two sources each, of all types', async () => {
    await agreesWithOracle(randomGraph(100_000, 1000), [
      { start: 99_999, depths: [3, 1000], limits: [14, 1000, 100_000] },
      { start: 50_000, depths: [2, 40], limits: [25, 6000] },
      { start: 50_000, depths: [4, 1000], limits: [10, 100_000], types: ['VARIANT_OF', 'DERIVED_FROM'] },
      { start: 0, depths: [20], limits: [1000] },
    ]);
  }, 400_000);
});

describe('lineage requests', () => {
  it('that come together are each answered as if alone', async () => {
    const shape = randomGraph(200, 20, 7);
    await loadShape(test.ctx.db.driver, shape);
    const oracle = new Oracle(shape);
    const ask = (start: number) => ({
      start,
      direction: (['upstream', 'downstream', 'both'] as const)[start % 3] ?? 'both',
      depth: 1 + (start % 7),
      limit: 1 + (start % 40),
    });
    const answers = await Promise.all(
      shape.artifacts.map(({ id }, start) => {
        const { direction, depth, limit } = ask(start);
        return traceLineage(test.ctx, { artifactId: id, direction, depth, limit });
      }),
    );
    for (const [start, answer] of answers.entries()) {
      expect(comparable(answer)).toEqual(oracle.answer(ask(start)));
    }
  });

  it('say at each place how many relations depth or limit cut off', async () => {
    const shape = randomGraph(60, 12, 3);
    await loadShape(test.ctx.db.driver, shape);
    const oracle = new Oracle(shape);
    const columns = { artifactProperties: [], edgeProperties: [] };
    let cut = 0;
    for (const [start, { id: artifactId }] of shape.artifacts.entries()) {
      const question = { direction: 'both', depth: 1 + (start % 4), limit: 1 + (start % 17) } as const;
      const trace = await readLineage(test.ctx, { artifactId, ...question }, columns);
      const cuts = await listCuts(test.ctx, trace);
      const said = cuts.map(
        (one) => `${one.artifactId} ${one.direction === 'upstream' ? one.relations : -one.relations}`,
      );
      expect(said.sort()).toEqual(oracle.cuts({ start, ...question }));
      expect(said.length > 0).toBe(trace.truncated);
      cut += said.length;
    }
    expect(cut).toBeGreaterThan(100);
  });

  it('of which one names an unknown artifact fail alone', async () => {
    const shape = chain(3);
    await loadShape(test.ctx.db.driver, shape);
    const [known, unknown] = await Promise.allSettled([
      traceLineage(test.ctx, { artifactId: shape.artifacts[2]?.id }),
      traceLineage(test.ctx, { artifactId: test.unique('nobody') }),
    ]);
    expect(known).toMatchObject({ status: 'fulfilled', value: { totalCount: 3, truncated: false } });
    expect(unknown).toMatchObject({ status: 'rejected', reason: expect.any(NotFound) as unknown });
  });

  it.each([
    [{ artifactId: 'x', depth: 0 }, 'depth'],
    [{ artifactId: 'x', depth: 1001 }, 'depth'],
    [{ artifactId: 'x', limit: 100_001 }, 'limit'],
    [{ artifactId: 'x', direction: 'sideways' }, 'direction'],
    [{ artifactId: 'x', relationTypes: [] }, 'relationTypes'],
    [{ artifactId: 'x\u0000' }, 'artifactId'],
  ])('are refused when they make no sense: %j', async (input, path) => {
    const refusal = await traceLineage(test.ctx, input).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(InvalidInput);
    expect(refusal).toMatchObject({ issues: [{ path }] });
  });
});
