import type { RelationType } from '../api/operations.js';
import { relationTypes } from './use-address.js';
import { cardHeight, cardWidth, type Line, type Scene } from './use-scene.js';
import { farZoom, itemsIn, type Size, type View } from './view.js';

export const dashes: Record<RelationType, number[]> = {
  DERIVED_FROM: [],
  VARIANT_OF: [8, 6],
  TRANSCODED_FROM: [2, 5],
};

interface Drawing {
  scene: Scene;
  view: View;
  /** Places of the items whose ways are lit. */
  lit: ReadonlySet<number>;
  ink: Ink;
}

/** Draws the relations, and far out the items too, onto a canvas as large as the window on the scene. */
export function draw(canvas: HTMLCanvasElement, { scene, view, lit, ink }: Drawing): void {
  const pen = canvas.getContext('2d');
  if (!pen) return;
  const { x, y, zoom } = view;
  const scale = window.devicePixelRatio;
  const size = { width: canvas.width / scale, height: canvas.height / scale };
  const near = zoom >= farZoom;
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.clearRect(0, 0, canvas.width, canvas.height);
  pen.setTransform(scale * zoom, 0, 0, scale * zoom, scale * x, scale * y);
  const stroke = (lines: Line[], width: number, colour: string) => {
    pen.beginPath();
    for (const { x1, y1, x2, y2, bend } of lines) {
      pen.moveTo(x1, y1);
      if (near) pen.bezierCurveTo(x1 + bend, y1, x2 - bend, y2, x2, y2);
      else pen.lineTo(x2, y2);
    }
    pen.lineWidth = width / Math.max(zoom, 0.25);
    pen.strokeStyle = colour;
    pen.stroke();
  };
  const isLit = ({ source, product }: Line) => lit.has(source) && lit.has(product);
  const seen = scene.lines.filter((line) => isSeen(line, view, size));
  for (const type of relationTypes) {
    const lines = seen.filter((line) => line.type === type);
    pen.setLineDash(dashes[type].map((length) => (near ? length : length / zoom)));
    stroke(lines, 1.5, ink.line);
    stroke(lines.filter(isLit), 2.5, ink.accent);
  }
  pen.setLineDash([]);
  if (!near) drawMarks(pen, size, { scene, view, lit, ink });
}

/** Whether a line, or the card at an end of it, lies in the window from top to bottom, and the line from left to right. */
function isSeen({ x1, y1, x2, y2 }: Line, { x, y, zoom }: View, { width, height }: Size): boolean {
  if (x2 < -x / zoom || x1 > (width - x) / zoom) return false;
  const [low, high] = [Math.min(y1, y2) - cardHeight / 2, Math.max(y1, y2) + cardHeight / 2];
  return high > -y / zoom && low < (height - y) / zoom;
}

/** Far out an item is a mark: published ones filled in their colour, folds with a second edge. */
function drawMarks(pen: CanvasRenderingContext2D, size: Size, { scene, view, lit, ink }: Drawing): void {
  for (const { key, members, cut, x, y } of itemsIn(scene, view, size)) {
    pen.fillStyle = members[0]?.lifecycleState === 'PUBLISHED' ? ink.good : ink.soft;
    if (lit.has(scene.placeOf.get(key) ?? -1)) pen.fillStyle = ink.accent;
    if (members.length > 1) pen.fillRect(x + 24, y - 20, cardWidth, cardHeight);
    pen.fillRect(x, y, cardWidth, cardHeight);
    if (cut.UPSTREAM > 0) pen.fillRect(x - 48, y + cardHeight - 40, 40, 24);
    if (cut.DOWNSTREAM > 0) pen.fillRect(x + cardWidth + 8, y + cardHeight - 40, 40, 24);
    if (members.length > 1) {
      pen.fillStyle = ink.raised;
      pen.fillRect(x + 12, y + 12, cardWidth - 24, cardHeight - 24);
    }
  }
}

type Ink = ReturnType<typeof readInk>;

/** The page's own colours. */
export function readInk(element: Element) {
  const style = getComputedStyle(element);
  const probe = document.createElement('span');
  element.append(probe);
  const colour = (name: string) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color || style.color;
  };
  const ink = {
    line: colour('line-strong'),
    raised: colour('raised'),
    soft: colour('ink-soft'),
    good: colour('good'),
    accent: colour('accent'),
  };
  probe.remove();
  return ink;
}
