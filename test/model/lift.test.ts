import fc from 'fast-check';
import { planLift, type LiftEdge } from '../../src/model/lift.js';

/** An acyclic graph: node n has sources among 0..n-1; generations at least one more than the sources', with gaps. */
const graphs = fc
  .array(fc.record({ sources: fc.array(fc.nat(30), { maxLength: 4 }), gap: fc.nat(3) }), {
    minLength: 1,
    maxLength: 25,
  })
  .map((nodes) => {
    const generations: number[] = [];
    const edges: { product: number; source: number }[] = [];
    for (const [n, { sources, gap }] of nodes.entries()) {
      const own = [...new Set(sources.map((source) => source % 31))].filter((source) => source < n);
      for (const source of own) edges.push({ product: n, source });
      generations.push(Math.max(0, ...own.map((source) => (generations[source] ?? 0) + 1)) + gap);
    }
    return { generations, edges };
  });

/** Raises by repeating until nothing changes: slow, and obviously right. */
function raiseByRepeating(
  {
    generations,
    edges,
  }: { generations: readonly number[]; edges: readonly { product: number; source: number }[] },
  start: number,
  to: number,
): Map<number, number> {
  const now = [...generations];
  now[start] = to;
  for (let changed = true; changed;) {
    changed = false;
    for (const { product, source } of edges) {
      const needed = (now[source] ?? 0) + 1;
      if ((now[product] ?? 0) >= needed) continue;
      now[product] = needed;
      changed = true;
    }
  }
  return new Map(
    [...now.entries()].filter(([n, generation]) => n === start || generation !== generations[n]),
  );
}

describe('a planned lift', () => {
  it('raises what has to rise and nothing else, as little as possible', () => {
    fc.assert(
      fc.property(graphs, fc.nat(), fc.integer({ min: 1, max: 12 }), fc.nat(), (graph, pick, by, shuffle) => {
        const start = pick % graph.generations.length;
        const generation = (graph.generations[start] ?? 0) + by;
        const edges = graph.edges.map(({ product, source }): LiftEdge => ({
          productId: String(product),
          generation: graph.generations[product] ?? 0,
          sourceId: String(source),
        }));
        const rotated = [
          ...edges.slice(shuffle % (edges.length + 1)),
          ...edges.slice(0, shuffle % (edges.length + 1)),
        ];
        const below = reachable(edges, String(start));
        const planned = planLift(
          { id: String(start), generation },
          rotated.filter(({ sourceId }) => below.has(sourceId)),
        );
        const expected = raiseByRepeating(graph, start, generation);
        expect([...planned].map(([id, n]) => [Number(id), n]).sort()).toEqual([...expected].sort());
      }),
      { numRuns: 500 },
    );
  });

  it('raises the start alone where its products stay above it', () => {
    const edges = [{ productId: 'b', generation: 9, sourceId: 'a' }];
    expect(planLift({ id: 'a', generation: 8 }, edges)).toEqual(new Map([['a', 8]]));
  });

  it('reaches a source that would close a cycle', () => {
    const edges = [
      { productId: 'b', generation: 1, sourceId: 'a' },
      { productId: 'c', generation: 2, sourceId: 'b' },
    ];
    expect(planLift({ id: 'a', generation: 3 }, edges).has('c')).toBe(true);
  });
});

function reachable(edges: readonly LiftEdge[], start: string): Set<string> {
  const found = new Set([start]);
  for (const id of found)
    for (const { sourceId, productId } of edges) if (sourceId === id) found.add(productId);
  return found;
}
