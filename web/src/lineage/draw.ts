import type { RelationType } from '../api/operations.js';
import { cardHeight, cardWidth, type Placed, type Scene } from './use-scene.js';
import { farZoom, type View } from './view.js';

export const dashes: Record<RelationType, number[]> = {
  DERIVED_FROM: [],
  VARIANT_OF: [8, 6],
  TRANSCODED_FROM: [2, 5],
};

export interface Ink {
  line: string;
  lit: string;
  raised: string;
  soft: string;
  good: string;
  accent: string;
}

/** Draws the relations, and far out the items too, onto a canvas as large as the window on the scene. */
export function draw(
  canvas: HTMLCanvasElement,
  scene: Scene,
  view: View,
  lit: ReadonlySet<number>,
  ink: Ink,
): void {
  const pen = canvas.getContext('2d');
  if (!pen) return;
  const scale = window.devicePixelRatio;
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.clearRect(0, 0, canvas.width, canvas.height);
  pen.setTransform(scale * view.zoom, 0, 0, scale * view.zoom, scale * view.x, scale * view.y);
  const window_ = windowOf(canvas, scale, view);
  for (const type of ['DERIVED_FROM', 'VARIANT_OF', 'TRANSCODED_FROM'] as const) {
    drawTies(pen, scene, { type, lit: null, view, window: window_, ink });
    if (lit.size > 0) drawTies(pen, scene, { type, lit, view, window: window_, ink });
  }
  if (view.zoom < farZoom) drawMarks(pen, scene, lit, window_, ink);
}

interface Window {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

function windowOf({ width, height }: HTMLCanvasElement, scale: number, { x, y, zoom }: View): Window {
  return {
    left: -x / zoom,
    right: (width / scale - x) / zoom,
    top: -y / zoom,
    bottom: (height / scale - y) / zoom,
  };
}

interface TieStyle {
  type: RelationType;
  /** Only the ties between these items; null for all. */
  lit: ReadonlySet<number> | null;
  view: View;
  window: Window;
  ink: Ink;
}

function drawTies(pen: CanvasRenderingContext2D, { items, ties }: Scene, style: TieStyle): void {
  const { type, lit, view, window, ink } = style;
  const near = view.zoom >= farZoom;
  pen.beginPath();
  for (const tie of ties) {
    if (tie.type !== type || (lit && !(lit.has(tie.source) && lit.has(tie.product)))) continue;
    const from = items[tie.source];
    const to = items[tie.product];
    if (from && to && isSeen(from, to, window)) path(pen, from, to, near);
  }
  pen.setLineDash(dashes[type].map((length) => (near ? length : length * 3)));
  pen.lineWidth = (lit ? 2.5 : 1.5) / Math.max(view.zoom, 0.25);
  pen.strokeStyle = lit ? ink.lit : ink.line;
  pen.stroke();
  pen.setLineDash([]);
}

function isSeen(from: Placed, to: Placed, { left, right, top, bottom }: Window): boolean {
  if (to.x < left || from.x + cardWidth > right) return false;
  return Math.max(from.y, to.y) + cardHeight > top && Math.min(from.y, to.y) < bottom;
}

function path(pen: CanvasRenderingContext2D, from: Placed, to: Placed, curved: boolean): void {
  const [x1, y1] = [from.x + cardWidth, from.y + cardHeight / 2];
  const [x2, y2] = [to.x, to.y + cardHeight / 2];
  pen.moveTo(x1, y1);
  if (!curved) return pen.lineTo(x2, y2);
  const bend = Math.max(40, (x2 - x1) / 2);
  pen.bezierCurveTo(x1 + bend, y1, x2 - bend, y2, x2, y2);
}

/** Far out an item is a mark: published ones filled in their colour, folds with a second edge. */
function drawMarks(
  pen: CanvasRenderingContext2D,
  { items }: Scene,
  lit: ReadonlySet<number>,
  { left, right, top, bottom }: Window,
  ink: Ink,
): void {
  items.forEach((item, place) => {
    if (item.x > right || item.x + cardWidth < left || item.y > bottom || item.y + cardHeight < top) return;
    pen.fillStyle = item.members[0]?.lifecycleState === 'PUBLISHED' ? ink.good : ink.soft;
    if (lit.has(place)) pen.fillStyle = ink.accent;
    if (item.members.length > 1) pen.fillRect(item.x + 24, item.y - 20, cardWidth, cardHeight);
    pen.fillRect(item.x, item.y, cardWidth, cardHeight);
    if (item.cut.UPSTREAM > 0) pen.fillRect(item.x - 48, item.y + cardHeight - 40, 40, 24);
    if (item.cut.DOWNSTREAM > 0) pen.fillRect(item.x + cardWidth + 8, item.y + cardHeight - 40, 40, 24);
    if (item.members.length > 1) {
      pen.fillStyle = ink.raised;
      pen.fillRect(item.x + 12, item.y + 12, cardWidth - 24, cardHeight - 24);
    }
  });
}

/** The page's own colours. */
export function readInk(element: Element): Ink {
  const style = getComputedStyle(element);
  const probe = document.createElement('span');
  element.append(probe);
  const colour = (name: string) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color || style.color;
  };
  const ink = {
    line: colour('line-strong'),
    lit: colour('accent'),
    raised: colour('raised'),
    soft: colour('ink-soft'),
    good: colour('good'),
    accent: colour('accent'),
  };
  probe.remove();
  return ink;
}
