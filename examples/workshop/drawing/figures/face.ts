import type { Brush } from '../brush.js';
import { box } from '../colours.js';

/** `look` moves the pupil, in units of the eye's radius. */
export function eye(
  b: Brush,
  x: number,
  y: number,
  r: number,
  look: readonly [number, number] = [0.2, 0.1],
): void {
  b.oval(x, y, r, r * 1.12, { fill: box.white, line: box.ink, width: 3 });
  b.oval(x + r * look[0], y + r * look[1], r * 0.52, r * 0.6, { fill: box.ink, line: box.ink, width: 2 });
  b.oval(x + r * (look[0] + 0.16), y + r * (look[1] - 0.22), r * 0.17, r * 0.17, {
    fill: box.white,
    line: null,
  });
}

export function eyes(
  b: Brush,
  x: number,
  y: number,
  apart: number,
  r: number,
  look?: readonly [number, number],
): void {
  eye(b, x - apart / 2, y, r, look);
  eye(b, x + apart / 2, y, r, look);
}

export function sleepyEyes(b: Brush, x: number, y: number, apart: number, r: number): void {
  for (const cx of [x - apart / 2, x + apart / 2]) {
    b.curve(
      [
        [cx - r, y],
        [cx, y + r * 0.7],
        [cx + r, y],
      ],
      { width: 4 },
    );
  }
}

export function smile(b: Brush, x: number, y: number, half: number, deep = 0.55): void {
  b.curve(
    [
      [x - half, y],
      [x - half * 0.5, y + half * deep * 0.8],
      [x, y + half * deep],
      [x + half * 0.5, y + half * deep * 0.8],
      [x + half, y],
    ],
    { width: 4 },
  );
}

export function laugh(b: Brush, x: number, y: number, half: number): void {
  b.blob(
    [
      [x - half, y],
      [x, y + half * 0.12],
      [x + half, y],
      [x + half * 0.6, y + half * 0.8],
      [x, y + half],
      [x - half * 0.6, y + half * 0.8],
    ],
    { fill: '#a8433f', width: 3.5 },
  );
  b.oval(x, y + half * 0.75, half * 0.4, half * 0.22, { fill: box.coral, line: null });
}

export function cheeks(b: Brush, x: number, y: number, apart: number, r: number): void {
  for (const side of [-1, 1]) b.oval(x + (side * apart) / 2, y, r, r * 0.75, { fill: box.rose, line: null });
}
