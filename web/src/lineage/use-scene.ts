import { useEffect, useMemo, useState } from 'react';
import type { LineageQuery } from '../api/operations.js';
import { fold, type Folded, type Item } from './fold.js';

export const cardWidth = 208;
export const cardHeight = 196;
const gapX = 112;
const gapY = 24;

export interface Placed extends Item {
  x: number;
  y: number;
}

/** A lineage, folded and laid out; places are in pixels at zoom 1. */
export interface Scene extends Folded {
  items: Placed[];
  lines: Line[];
}

export type Line = ReturnType<typeof linesOf>[number];

/** The lines of the relations: from where to where, and how far they bend. */
function linesOf(items: readonly Placed[], ties: Folded['ties']) {
  return ties.flatMap(({ source, product, type }) => {
    const [from, to] = [items[source], items[product]];
    if (!from || !to) return [];
    const [x1, y1, x2, y2] = [from.x + cardWidth, from.y + cardHeight / 2, to.x, to.y + cardHeight / 2];
    return [{ source, product, type, x1, y1, x2, y2, bend: Math.max(40, (x2 - x1) / 2) }];
  });
}

/** The item that an artifact, or a fold, lies in. */
export const itemOf = ({ items, placeOf }: Scene, key: string | null | undefined): Placed | undefined =>
  items[placeOf.get(key ?? '') ?? -1];

/**
 * Folds at once, and orders the rows in a worker, so that the page never stands still. The scene is null until the first
 * order, and late while the next one is made.
 */
export function useScene(
  answer: LineageQuery['lineage'],
  opened: ReadonlySet<string>,
): [scene: Scene | null, isLate: boolean] {
  const folded = useMemo(() => fold(answer, opened), [answer, opened]);
  const [scene, setScene] = useState<Scene | null>(null);
  useEffect(() => {
    const worker = new Worker(new URL('./order.worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<number[]>) => {
      setScene(sceneOf(folded, data));
      worker.terminate();
    };
    worker.postMessage({
      layers: folded.items.map(({ layer }) => layer),
      ties: folded.ties.flatMap(({ source, product }) => [source, product]),
    });
    return () => worker.terminate();
  }, [folded]);
  return [scene, scene?.placeOf !== folded.placeOf];
}

function sceneOf(folded: Folded, rows: number[]): Scene {
  const items = folded.items.map((item, index) => ({
    ...item,
    x: item.layer * (cardWidth + gapX),
    y: (rows[index] ?? 0) * (cardHeight + gapY),
  }));
  return { ...folded, items, lines: linesOf(items, folded.ties) };
}
