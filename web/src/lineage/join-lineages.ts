import { groupBy } from '../parts/group-by.js';
import type { LineageQuery } from '../api/operations.js';

export type Answer = LineageQuery['lineage'];
type Edge = Answer['edges'][number];
const tie = ({ sourceId, productId, type }: Edge) => `${sourceId}|${productId}|${type}`;

/** Both lineages as one; what leads on from it is what no longer ends within it. */
export function join(whole: Answer, part: Answer): Answer {
  const depths = new Map(whole.nodes.map(({ artifact, depth }) => [artifact.id, depth]));
  const depth = part.artifact.id === whole.artifact.id ? 0 : depths.get(part.artifact.id);
  if (depth === undefined) return whole;
  const isNew = (id: string) => id !== whole.artifact.id && !depths.has(id);
  const nodes = [
    ...whole.nodes,
    ...part.nodes
      .filter(({ artifact }) => isNew(artifact.id))
      .map((node) => ({ ...node, depth: depth + node.depth })),
  ];
  const edges = [...new Map([...whole.edges, ...part.edges].map((edge) => [tie(edge), edge])).values()];
  const drawn = endsOf(edges);
  const cuts = [whole, part].flatMap((lineage) => {
    const before = endsOf(lineage.edges);
    return lineage.cuts.map((cut): [string, Answer['cuts'][number]] => {
      const end = `${cut.direction} ${cut.artifactId}`;
      const closed = (drawn.get(end)?.length ?? 0) - (before.get(end)?.length ?? 0);
      return [end, { ...cut, relations: cut.relations - closed }];
    });
  });
  const open = [...new Map(cuts).values()].filter(({ relations }) => relations > 0);
  return { ...whole, nodes, edges, cuts: open, totalCount: 1 + nodes.length, truncated: open.length > 0 };
}

/** The relations that lead up or down from each artifact: `UPSTREAM id`, `DOWNSTREAM id`. */
function endsOf(edges: readonly Edge[]): Map<string, string[]> {
  const ends = edges.flatMap(({ productId, sourceId }) => [
    `UPSTREAM ${productId}`,
    `DOWNSTREAM ${sourceId}`,
  ]);
  return groupBy(ends, (end) => end);
}
