import type { Trace } from '../lineage/trace.js';

/** The lineage of one of two artifacts, with the artifact itself. */
export interface Side {
  ids: readonly string[];
  generationOf: ReadonlyMap<string, number>;
  sourcesOf: ReadonlyMap<string, readonly string[]>;
}

/** @param trace upstream, with generations and edges */
export function sideOf({ ids, properties, edges }: Trace): Side {
  const generations = properties.get('generation') ?? [];
  const sourcesOf = new Map<string, string[]>();
  edges?.products.forEach((product, edge) => {
    const [made, source] = [ids[product], ids[edges.sources[edge] ?? -1]];
    if (made === undefined || source === undefined) return;
    const known = sourcesOf.get(made);
    if (known) known.push(source);
    else sourcesOf.set(made, [source]);
  });
  return { ids, generationOf: new Map(ids.map((id, n) => [id, Number(generations[n])])), sourcesOf };
}

/**
 * Where a lineage leaves another one: artifacts that only it has, and all of whose sources both have. Earliest first, by
 * generation, then in the order of the trace.
 */
export function departures(side: Side, other: Side): string[] {
  const own = side.ids.filter((id) => !other.generationOf.has(id));
  const isFirst = (id: string) =>
    (side.sourcesOf.get(id) ?? []).every((source) => other.generationOf.has(source));
  const generation = (id: string) => side.generationOf.get(id) ?? 0;
  return own.filter(isFirst).sort((a, b) => generation(a) - generation(b));
}

/** The first two departures that are alike; where none are, the first of each side. */
export function pairUp(
  ofA: readonly string[],
  ofB: readonly string[],
  likeness: (id: string) => string,
): [string | null, string | null] {
  const byLikeness = new Map([...ofB].reverse().map((id) => [likeness(id), id]));
  const alike = ofA.find((id) => byLikeness.has(likeness(id)));
  if (alike === undefined) return [ofA[0] ?? null, ofB[0] ?? null];
  return [alike, byLikeness.get(likeness(alike)) ?? null];
}
