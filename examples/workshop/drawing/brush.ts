import { media, type MediumName, type Pen } from './medium.js';
import { oval, smooth, straight, type Outline, type Point } from './outline.js';
import { seededRandom, seedOf, type Random } from './random.js';

/** Points as they are, or as SVG writes them: `x,y x,y`. */
export type Points = readonly Point[] | string;

/** Draws in its own coordinates: (0, 0) is where it was placed, y grows downwards. */
export interface Brush {
  random: Random;
  at(x: number, y: number, scale?: number, how?: { turn?: number; flip?: boolean }): Brush;
  oval(cx: number, cy: number, rx: number, ry: number, pen: Pen, turn?: number): void;
  /** Straight sides. */
  poly(corners: Points, pen: Pen): void;
  /** A closed smooth shape through the points. */
  blob(through: Points, pen: Pen): void;
  /** An open smooth line through the points. */
  curve(through: Points, pen: Pen): void;
  /** An open line with corners. */
  path(corners: Points, pen: Pen): void;
}

export interface Sheet extends Brush {
  width: number;
  height: number;
  svg(): string;
}

type Move = (point: Point) => Point;

/** An empty sheet of paper; the same name and medium always give the same hand. */
export function openSheet(name: string, width: number, height: number, mediumName: MediumName): Sheet {
  const medium = media[mediumName];
  const random = seededRandom(seedOf(name));
  const painted: string[] = [];
  const put = (outline: Outline, pen: Pen, move: Move, scale: number): void => {
    const moved = { ...outline, points: outline.points.map(move) };
    const scaled = { ...pen, width: (pen.width ?? 4.5) * Math.max(0.55, Math.min(1.4, scale)) };
    painted.push(
      outline.closed
        ? medium.shape(moved, scaled, random, `clip${painted.length}`)
        : medium.line(moved, scaled, random),
    );
  };
  return { ...brushAt((p) => p, 1, put, random), width, height, svg };

  function svg(): string {
    const filter = medium.filter ? ` filter="url(#${medium.filter})"` : '';
    return (
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">` +
      `<defs>${medium.defs}</defs><rect width="100%" height="100%" fill="${medium.paper}"/>` +
      `<g${filter}>${painted.join('')}</g>${medium.overlay}</svg>`
    );
  }
}

type Put = (outline: Outline, pen: Pen, move: Move, scale: number) => void;

function brushAt(move: Move, scale: number, put: Put, random: Random): Brush {
  const draw = (outline: Outline, pen: Pen): void => put(outline, pen, move, scale);
  return {
    random,
    at(x, y, by = 1, { turn = 0, flip = false } = {}) {
      const [cos, sin] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)];
      const side = flip ? -1 : 1;
      const inner: Move = ([px, py]) =>
        move([x + by * (side * px * cos - py * sin), y + by * (side * px * sin + py * cos)]);
      return brushAt(inner, scale * by, put, random);
    },
    oval: (cx, cy, rx, ry, pen, turn) => draw(oval(cx, cy, rx, ry, turn), pen),
    poly: (corners, pen) => draw(straight(pointsOf(corners), true), pen),
    blob: (through, pen) => draw(smooth(pointsOf(through), true), pen),
    curve: (through, pen) => draw(smooth(pointsOf(through), false), pen),
    path: (corners, pen) => draw(straight(pointsOf(corners), false), pen),
  };
}

function pointsOf(points: Points): readonly Point[] {
  if (typeof points !== 'string') return points;
  return points.split(' ').map((pair): Point => {
    const [x, y] = pair.split(',').map(Number);
    return [x ?? 0, y ?? 0];
  });
}
