import type { Scene } from './use-scene.js';

/** The places of everything that an item was made from, and of everything that was made from it, itself included. */
export function litWays({ ties, placeOf }: Scene, key: string | null): Set<number> {
  const start = key === null ? undefined : placeOf.get(key);
  if (start === undefined) return new Set();
  const lit = new Set([start]);
  const sources = new Map<number, number[]>();
  const products = new Map<number, number[]>();
  for (const { source, product } of ties) {
    sources.set(product, [...(sources.get(product) ?? []), source]);
    products.set(source, [...(products.get(source) ?? []), product]);
  }
  for (const next of [sources, products]) {
    const seen = new Set([start]);
    const queue = [start];
    for (let at = queue.pop(); at !== undefined; at = queue.pop())
      for (const other of next.get(at) ?? []) {
        if (seen.has(other)) continue;
        seen.add(other);
        lit.add(other);
        queue.push(other);
      }
  }
  return lit;
}

/** The places of these artifacts, as far as they are in the scene. */
export function placesOf({ placeOf }: Scene, artifacts: readonly { id: string }[]): Set<number> {
  return new Set(artifacts.flatMap(({ id }) => placeOf.get(id) ?? []));
}
