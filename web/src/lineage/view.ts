import { cardHeight, cardWidth, itemOf, type Placed, type Scene } from './use-scene.js';

/** Where one looks: screen = place * zoom + (x, y). */
export interface View {
  x: number;
  y: number;
  zoom: number;
}

/** Changes where one looks, once that is known. */
export type SetView = (change: (view: View | null) => View | null) => void;

/** Of the window, in pixels. */
export interface Size {
  width: number;
  height: number;
}

/** Below this zoom cards are marks on the canvas: text could not be read, and hundreds would have to be painted. */
export const farZoom = 0.45;
/** The least at which titles can be read: a lineage opens no farther out. */
const legibleZoom = 0.65;
/** Of the screen, around what is shown. */
const margin = 24;
const leastZoom = 0.02;
const greatestZoom = 2;
const within = (zoom: number) => Math.min(greatestZoom, Math.max(leastZoom, zoom));

export function zoomAt(view: View, factor: number, px: number, py: number): View {
  const zoom = within(view.zoom * factor);
  const ratio = zoom / view.zoom;
  return { zoom, x: px - (px - view.x) * ratio, y: py - (py - view.y) * ratio };
}

export function centreOn({ x, y }: Placed, zoom: number, { width, height }: Size): View {
  return { zoom, x: width / 2 - (x + cardWidth / 2) * zoom, y: height / 2 - (y + cardHeight / 2) * zoom };
}

/** The place in the middle of the window and the zoom, for an address: the same in a window of another size. */
export function addressOf({ x, y, zoom }: View, { width, height }: Size): string {
  const [midX, midY] = [(width / 2 - x) / zoom, (height / 2 - y) / zoom];
  return `${Math.round(midX)},${Math.round(midY)},${zoom.toFixed(3)}`;
}

/** The view that an address says; null for another text. */
export function viewAt(address: string | null, { width, height }: Size): View | null {
  const numbers = (address ?? '').split(',').map(Number);
  const [midX = NaN, midY = NaN, asked = NaN] = numbers;
  if (numbers.length !== 3 || !asked || !numbers.every(Number.isFinite)) return null;
  const zoom = within(asked);
  return { zoom, x: width / 2 - midX * zoom, y: height / 2 - midY * zoom };
}

/** All of a small lineage; of a larger one as much around the middle as can still be read. */
export function fit({ items }: Scene, middle: Placed, size: Size): View {
  const { width, height } = size;
  const left = Math.min(...items.map(({ x }) => x));
  const right = Math.max(...items.map(({ x }) => x)) + cardWidth;
  const top = Math.min(...items.map(({ y }) => y));
  const bottom = Math.max(...items.map(({ y }) => y)) + cardHeight;
  const zoom = Math.min(1, (width - 2 * margin) / (right - left), (height - 2 * margin) / (bottom - top));
  const centred = centreOn(middle, Math.max(legibleZoom, zoom), size);
  return {
    zoom: centred.zoom,
    x: withoutGap(centred.x, left * centred.zoom, right * centred.zoom, width),
    y: withoutGap(centred.y, top * centred.zoom, bottom * centred.zoom, height),
  };
}

/**
 * The view after the scene has changed, such that something stays where it was: what a hand or the keyboard is on, else
 * what is nearest to the middle of the window.
 */
export function keepInPlace(
  view: View,
  before: Scene,
  after: Scene,
  wished: readonly (string | null)[],
  { width, height }: Size,
): View {
  const far = ({ x, y }: Placed) =>
    Math.hypot(view.x + x * view.zoom - width / 2, view.y + y * view.zoom - height / 2);
  const stays = (key: string | null | undefined) => itemOf(before, key) && itemOf(after, key);
  const nearest = before.items
    .filter(({ key }) => stays(key))
    .reduce<Placed | undefined>((best, item) => (best && far(best) <= far(item) ? best : item), undefined);
  const key = wished.find(stays) ?? nearest?.key;
  const [from, to] = [itemOf(before, key), itemOf(after, key)];
  if (!from || !to) return view;
  return { ...view, x: view.x + (from.x - to.x) * view.zoom, y: view.y + (from.y - to.y) * view.zoom };
}

/** Where what reaches from `low` to `high` begins: in the middle where it fits, else so that no room is left empty. */
function withoutGap(wanted: number, low: number, high: number, room: number): number {
  if (high - low <= room - 2 * margin) return (room - low - high) / 2;
  return Math.min(margin - low, Math.max(room - margin - high, wanted));
}

/** The items that lie in what is seen from there, with `around` times the size of the window more on each side. */
export function itemsIn({ items }: Scene, { x, y, zoom }: View, size: Size, around = 0): Placed[] {
  const [dx, dy] = [size.width * around, size.height * around];
  const left = (-dx - x) / zoom - cardWidth;
  const right = (size.width + dx - x) / zoom;
  const top = (-dy - y) / zoom - cardHeight;
  const bottom = (size.height + dy - y) / zoom;
  return items.filter((item) => item.x >= left && item.x <= right && item.y >= top && item.y <= bottom);
}

/** What lies at a point of the screen. */
export function itemAt(scene: Scene, view: View, px: number, py: number): Placed | undefined {
  return itemsIn(scene, { ...view, x: view.x - px, y: view.y - py }, { width: 0, height: 0 })[0];
}
