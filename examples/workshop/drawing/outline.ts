import { between, type Random } from './random.js';

export type Point = readonly [x: number, y: number];

export interface Outline {
  points: readonly Point[];
  closed: boolean;
}

/** Turn in degrees, clockwise, about the centre. */
export function oval(cx: number, cy: number, rx: number, ry: number, turn = 0): Outline {
  const steps = 28;
  const [cos, sin] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)];
  const points = Array.from({ length: steps }, (_, i): Point => {
    const angle = (i / steps) * 2 * Math.PI;
    const [x, y] = [rx * Math.cos(angle), ry * Math.sin(angle)];
    return [cx + x * cos - y * sin, cy + x * sin + y * cos];
  });
  return { points, closed: true };
}

/** A smooth curve through the points (Catmull-Rom), as many short straight pieces. */
export function smooth(through: readonly Point[], closed: boolean): Outline {
  const n = through.length;
  const at = (i: number): Point => through[closed ? (i + n) % n : Math.max(0, Math.min(n - 1, i))] ?? [0, 0];
  const points: Point[] = [];
  for (let i = 0; i < (closed ? n : n - 1); i++) {
    for (let k = 0; k < 10; k++) points.push(between4(at(i - 1), at(i), at(i + 1), at(i + 2), k / 10));
  }
  if (!closed) points.push(at(n - 1));
  return { points, closed };
}

function between4(a: Point, b: Point, c: Point, d: Point, t: number): Point {
  const mix = (p: number, q: number, r: number, s: number): number =>
    0.5 * (2 * q + (r - p) * t + (2 * p - 5 * q + 4 * r - s) * t * t + (3 * q - p - 3 * r + s) * t * t * t);
  return [mix(a[0], b[0], c[0], d[0]), mix(a[1], b[1], c[1], d[1])];
}

/** Straight sides, cut into pieces of at most `step`, so that wobble has something to bend. */
export function straight(corners: readonly Point[], closed: boolean, step = 12): Outline {
  const ends = closed ? [...corners.slice(1), ...corners.slice(0, 1)] : corners.slice(1);
  const points: Point[] = [];
  ends.forEach((to, i) => {
    const from = corners[i] ?? to;
    const pieces = Math.max(1, Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]) / step));
    for (let k = 0; k < pieces; k++) {
      points.push([from[0] + ((to[0] - from[0]) * k) / pieces, from[1] + ((to[1] - from[1]) * k) / pieces]);
    }
  });
  const last = corners.at(-1);
  if (!closed && last) points.push(last);
  return { points, closed };
}

/** An unsteady hand: each point is moved by slow waves along the line, `most` pixels at most, small things less. */
export function wobble(outline: Outline, most: number, random: Random): Outline {
  const { left, top, right, bottom } = boxOf(outline.points);
  const by = Math.min(most, Math.max(right - left, bottom - top) * 0.045);
  const waves = [1, 2, 3].map((k) => ({
    x: between(random, 0, 2 * Math.PI),
    y: between(random, 0, 2 * Math.PI),
    // whole waves around a closed line, so that its ends meet
    turns: Math.round(between(random, 1, 3) * k * Math.max(1, outline.points.length / 40)),
  }));
  const n = outline.points.length;
  const points = outline.points.map(([x, y], i): Point => {
    const t = (i / n) * 2 * Math.PI;
    const dx = waves.reduce((sum, w) => sum + Math.sin(w.turns * t + w.x), 0);
    const dy = waves.reduce((sum, w) => sum + Math.sin(w.turns * t + w.y), 0);
    return [x + (dx * by) / 3, y + (dy * by) / 3];
  });
  return { points, closed: outline.closed };
}

export function pathOf(outline: Outline): string {
  const [first, ...rest] = outline.points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`);
  return `M${first}L${rest.join(' ')}${outline.closed ? 'Z' : ''}`;
}

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export function boxOf(points: readonly Point[]): Box {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
}
