/** What ordering needs, in a form that goes to a worker quickly. */
export interface OrderRequest {
  /** The layer of each item. */
  layers: number[];
  /** Pairs of places: source, product, source, product, … */
  ties: number[];
}

const sweeps = 6;

/**
 * The row of each item within its layer, so that few ties cross: barycentre sweeps, from the left and from the right in
 * turn (Sugiyama, Tagawa, Toda 1981). Rows are centred on 0.
 */
export function orderRows({ layers, ties }: OrderRequest): number[] {
  const byLayer: number[][] = [];
  layers.forEach((layer, item) => (byLayer[layer] ??= []).push(item));
  const sources = layers.map((): number[] => []);
  const products = layers.map((): number[] => []);
  for (let place = 0; place + 1 < ties.length; place += 2) {
    const source = ties[place] ?? 0;
    const product = ties[place + 1] ?? 0;
    sources[product]?.push(source);
    products[source]?.push(product);
  }
  const rows = new Array<number>(layers.length).fill(0);
  for (const layer of byLayer) place(layer, rows);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const forward = sweep % 2 === 0;
    const neighbours = forward ? sources : products;
    for (const layer of forward ? byLayer : [...byLayer].reverse()) {
      const wish = new Map(
        layer.map((item) => [item, mean(neighbours[item] ?? [], rows) ?? rows[item] ?? 0]),
      );
      layer.sort((a, b) => (wish.get(a) ?? 0) - (wish.get(b) ?? 0));
      place(layer, rows);
    }
  }
  return rows;
}

function place(layer: number[], rows: number[]): void {
  layer.forEach((item, index) => (rows[item] = index - (layer.length - 1) / 2));
}

function mean(items: number[], rows: number[]): number | null {
  if (items.length === 0) return null;
  return items.reduce((sum, item) => sum + (rows[item] ?? 0), 0) / items.length;
}
