import { groupBy } from '../parts/group-by.js';
import type { Scene } from './use-scene.js';

const ways = [
  ['product', 'source'],
  ['source', 'product'],
] as const;

/** The places of everything that an item was made from, and of everything that was made from it, itself included. */
export function litWays({ ties, placeOf }: Scene, key: string | null): Set<number> {
  const start = placeOf.get(key ?? '');
  if (start === undefined) return new Set();
  const reached = ways.map(([here, there]) => {
    const from = groupBy(ties, (tie) => tie[here]);
    const lit = new Set([start]);
    // What is added while a set is walked is walked too.
    for (const at of lit) for (const tie of from.get(at) ?? []) lit.add(tie[there]);
    return lit;
  });
  return new Set(reached.flatMap((lit) => [...lit]));
}

/** The places of these artifacts, as far as they are in the scene. */
export function placesOf({ placeOf }: Scene, artifacts: readonly { id: string }[]): Set<number> {
  return new Set(artifacts.flatMap(({ id }) => placeOf.get(id) ?? []));
}
