import fc from 'fast-check';
import { join, type Answer } from '../../web/src/lineage/join-lineages.js';

type Pair = readonly [product: number, source: number];

/** A lineage of these artifacts, the first of them in the middle, each of which is told of in one direction. */
function lineageOf(
  all: readonly Pair[],
  ids: readonly number[],
  direction: 'UPSTREAM' | 'DOWNSTREAM',
): Answer {
  const artifact = (id: number) =>
    ({
      id: String(id),
      type: 'IMAGE',
      lifecycleState: 'CANDIDATE',
      description: null,
      generation: id,
      createdBy: null,
    }) as const;
  const drawn = all.filter((pair) => pair.every((id) => ids.includes(id)));
  const end = direction === 'UPSTREAM' ? 0 : 1;
  const cuts = ids.map((id) => ({
    artifactId: String(id),
    direction,
    relations:
      all.filter((pair) => pair[end] === id).length - drawn.filter((pair) => pair[end] === id).length,
  }));
  return {
    artifact: artifact(ids[0] ?? 0),
    nodes: ids.slice(1).map((id) => ({ artifact: artifact(id), depth: 1, direction })),
    edges: drawn.map(([product, source]) => ({
      productId: String(product),
      sourceId: String(source),
      type: 'DERIVED_FROM',
    })),
    cuts: cuts.filter(({ relations }) => relations > 0),
    totalCount: ids.length,
    truncated: cuts.some(({ relations }) => relations > 0),
  };
}

const graph = fc
  .uniqueArray(fc.tuple(fc.nat(9), fc.nat(9)), { maxLength: 25, selector: String })
  .map((pairs) => pairs.filter(([product, source]) => product > source));

it('after each opening, what is drawn and what is said to lie beyond are together all relations', () => {
  fc.assert(
    fc.property(
      graph,
      fc.array(fc.nat(9)),
      fc.constantFrom('UPSTREAM', 'DOWNSTREAM'),
      (all, opened, direction) => {
        const [near, far] = direction === 'UPSTREAM' ? ([0, 1] as const) : ([1, 0] as const);
        const beside = (id: number) => all.filter((pair) => pair[near] === id).map((pair) => pair[far]);
        let shown = lineageOf(all, [9], direction);
        for (const id of opened) shown = join(shown, lineageOf(all, [id, ...beside(id)], direction));
        const ids = [shown.artifact, ...shown.nodes.map(({ artifact }) => artifact)].map(({ id }) =>
          Number(id),
        );
        expect(ids).toHaveLength(new Set(ids).size);
        for (const id of ids) {
          const name = String(id);
          const ends = shown.edges.filter(
            ({ productId, sourceId }) => (near === 0 ? productId : sourceId) === name,
          );
          const cut = shown.cuts.filter(({ artifactId }) => artifactId === name);
          expect(cut.length).toBeLessThan(2);
          expect(ends.length + (cut[0]?.relations ?? 0)).toBe(beside(id).length);
        }
      },
    ),
  );
});
