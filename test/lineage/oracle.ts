import type { EdgeType, Shape } from './provenance-shapes.js';

export interface Expected {
  /** [id, signed depth]: upstream positive, in the order of the answer. */
  nodes: [string, number][];
  /** `product type source`, sorted. */
  edges: string[];
  truncated: boolean;
}

interface Question {
  start: number;
  direction: 'upstream' | 'downstream' | 'both';
  depth: number;
  limit: number;
  types?: readonly EdgeType[] | undefined;
}

/** An independent breadth-first search over the shape in memory. */
export class Oracle {
  constructor(private readonly shape: Shape) {}

  answer({ start, direction, depth, limit, types }: Question): Expected {
    const edges = this.shape.edges.filter(({ type }) => !types || types.includes(type));
    const reached = [
      ...(direction === 'downstream' ? [] : this.search(start, edges, 1)),
      ...(direction === 'upstream' ? [] : this.search(start, edges, -1)),
    ];
    const within = reached.filter(([, distance]) => Math.abs(distance) <= depth).sort(this.byOrder);
    const given = within.slice(0, limit);
    const members = new Set([start, ...given.map(([artifact]) => artifact)]);
    const idOf = (artifact: number) => this.shape.artifacts[artifact]?.id ?? '';
    return {
      nodes: given.map(([artifact, distance]) => [idOf(artifact), distance]),
      edges: edges
        .filter(({ product, source }) => members.has(product) && members.has(source))
        .map(({ product, type, source }) => `${idOf(product)} ${type} ${idOf(source)}`)
        .sort(),
      truncated: given.length < reached.length,
    };
  }

  /** `id signed-number`, sorted: relations that lead from the answer to what is not in it, positive upstream. */
  cuts(question: Question): string[] {
    const { nodes } = this.answer(question);
    const idOf = (artifact: number) => this.shape.artifacts[artifact]?.id ?? '';
    const depths = new Map([[idOf(question.start), 0], ...nodes]);
    return [...depths]
      .flatMap(([id, depth]) => {
        const up = this.shape.edges.filter(
          (edge) => idOf(edge.product) === id && !depths.has(idOf(edge.source)),
        );
        const down = this.shape.edges.filter(
          (edge) => idOf(edge.source) === id && !depths.has(idOf(edge.product)),
        );
        return [
          depth >= 0 && question.direction !== 'downstream' ? up.length : 0,
          depth <= 0 && question.direction !== 'upstream' ? -down.length : 0,
        ].map((relations) => `${id} ${relations}`);
      })
      .filter((cut) => !cut.endsWith(' 0'))
      .sort();
  }

  /** Every artifact reachable from `start`, with its least distance times `sign`. */
  private search(start: number, edges: Shape['edges'], sign: 1 | -1): [number, number][] {
    const next = new Map<number, number[]>();
    for (const { product, source } of edges) {
      const [from, to] = sign === 1 ? [product, source] : [source, product];
      const known = next.get(from);
      if (known) known.push(to);
      else next.set(from, [to]);
    }
    const distances = new Map([[start, 0]]);
    let frontier = [start];
    for (let distance = 1; frontier.length > 0; distance++) {
      const following: number[] = [];
      for (const artifact of frontier) {
        for (const neighbour of next.get(artifact) ?? []) {
          if (distances.has(neighbour)) continue;
          distances.set(neighbour, distance);
          following.push(neighbour);
        }
      }
      frontier = following;
    }
    distances.delete(start);
    return [...distances].map(([artifact, distance]) => [artifact, distance * sign]);
  }

  private readonly byOrder = ([a, da]: [number, number], [b, db]: [number, number]): number => {
    const [first, second] = [this.shape.artifacts[a], this.shape.artifacts[b]];
    if (!first || !second) return 0;
    return (
      Math.abs(da) - Math.abs(db) || first.createdAt - second.createdAt || (first.id < second.id ? -1 : 1)
    );
  };
}
