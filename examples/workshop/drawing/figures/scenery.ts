import type { Brush, Sheet } from '../brush.js';
import { box, darker, lighter } from '../colours.js';
import type { Point } from '../outline.js';
import { between } from '../random.js';
import { cheeks, eyes, smile } from './face.js';

/** Fills a band of the sheet from `top` to `bottom` in broad strokes without an outline. */
export function wash(sheet: Sheet, top: number, bottom: number, colour: string, hatch = 4): void {
  const corners: Point[] = [
    [-40, top],
    [sheet.width + 40, top],
    [sheet.width + 40, bottom],
    [-40, bottom],
  ];
  sheet.poly(corners, { fill: colour, line: null, hatch });
}

/** Ground from a wavy edge at `y` down to the lower edge of the sheet. */
export function hill(
  sheet: Sheet,
  y: number,
  rise: number,
  colour: string,
  line: string | null = darker(colour),
): void {
  const w = sheet.width;
  sheet.blob(
    [
      [-60, y + rise],
      [w * 0.2, y - rise * 0.3],
      [w * 0.5, y + rise * 0.15],
      [w * 0.8, y - rise],
      [w + 60, y],
      [w + 60, sheet.height + 60],
      [-60, sheet.height + 60],
    ],
    { fill: colour, line },
  );
}

export function waves(sheet: Sheet, top: number, bottom: number, colour: string): void {
  wash(sheet, top, bottom + 40, colour, -6);
  for (let y = top; y < bottom; y += 34) {
    const points: Point[] = [];
    for (let x = -10; x <= sheet.width + 40; x += 30) {
      points.push([x + between(sheet.random, -4, 4), y + (points.length % 2 === 0 ? -7 : 7)]);
    }
    sheet.curve(points, { line: y === top ? darker(colour, 0.35) : lighter(colour, 0.45), width: 4 });
  }
}

export function sun(b: Brush, happy = true): void {
  for (let i = 0; i < 12; i++) {
    const [cos, sin] = [Math.cos((i * Math.PI) / 6), Math.sin((i * Math.PI) / 6)];
    const far = i % 2 === 0 ? 108 : 92;
    b.path(
      [
        [cos * 70, sin * 70],
        [cos * far, sin * far],
      ],
      { line: box.orange, width: 7 },
    );
  }
  b.oval(0, 0, 56, 56, { fill: box.yellow, line: box.orange });
  if (!happy) return;
  eyes(b, 0, -8, 40, 8);
  smile(b, 0, 12, 24);
  cheeks(b, 0, 12, 76, 8);
}

/** A crescent that holds its belly to the right. */
export function moon(b: Brush, colour: string = box.lemon): void {
  b.blob('10,-80 -48,-60 -78,0 -48,62 14,82 -18,40 -28,0 -18,-42', { fill: colour, line: darker(colour) });
}

export function star(b: Brush, colour: string = box.yellow): void {
  const corners = Array.from({ length: 10 }, (_, i): Point => {
    const [r, angle] = [i % 2 === 0 ? 30 : 13, (i * Math.PI) / 5 - Math.PI / 2];
    return [r * Math.cos(angle), r * Math.sin(angle)];
  });
  b.poly(corners, { fill: colour, line: darker(colour, 0.2), width: 3 });
}

/** Stars where nothing else is: `places` are x, y, scale. */
export function stars(
  b: Brush,
  places: readonly (readonly [number, number, number])[],
  colour?: string,
): void {
  places.forEach(([x, y, scale], i) => star(b.at(x, y, scale, { turn: i * 17 }), colour));
}

export function cloud(b: Brush, colour: string = box.white, line: string = box.blue): void {
  b.blob('-100,20 -92,-14 -60,-22 -44,-52 -6,-58 24,-38 58,-44 82,-14 102,4 96,32 50,40 0,36 -60,42', {
    fill: colour,
    line,
  });
}

export function tree(b: Brush, leaf: string = box.green): void {
  b.poly('-14,100 -9,10 9,10 15,100', { fill: box.brown });
  b.blob('-66,10 -70,-34 -40,-66 -6,-92 38,-72 68,-36 62,8 26,30 -24,32', { fill: leaf, line: darker(leaf) });
}

export function flower(b: Brush, petal: string = box.rose): void {
  b.curve('0,0 2,30 -2,62', { line: box.green, width: 5 });
  b.blob('0,44 16,32 24,36 14,48', { fill: box.lime, line: box.green, width: 3 });
  for (let i = 0; i < 5; i++) {
    const angle = (i * 2 * Math.PI) / 5 - Math.PI / 2;
    b.oval(16 * Math.cos(angle), 16 * Math.sin(angle), 11, 11, {
      fill: petal,
      line: darker(petal, 0.2),
      width: 3,
    });
  }
  b.oval(0, 0, 8, 8, { fill: box.yellow, line: box.orange, width: 3 });
}

export function grass(b: Brush, from: number, to: number, y: number, colour: string = box.pine): void {
  for (let x = from; x < to; x += between(b.random, 16, 30)) {
    const h = between(b.random, 10, 22);
    b.path(
      [
        [x - 6, y - h * 0.7],
        [x, y],
        [x + 2, y - h],
        [x + 4, y],
        [x + 11, y - h * 0.6],
      ],
      { line: colour, width: 3 },
    );
  }
}

export function rain(b: Brush, places: readonly Point[], colour: string = box.blue): void {
  for (const [x, y] of places)
    b.path(
      [
        [x, y],
        [x - 5, y + 22],
      ],
      { line: colour, width: 4 },
    );
}

export function house(b: Brush, wall: string = box.peach, roof: string = box.red): void {
  b.poly('-60,80 -60,-10 60,-10 60,80', { fill: wall });
  b.poly('-78,-6 0,-84 78,-6', { fill: roof });
  b.poly('-14,80 -14,30 18,30 18,80', { fill: box.brown });
  b.poly('-48,14 -48,44 -24,44 -24,14', { fill: box.lemon, width: 3 });
  b.poly('30,14 30,44 50,44 50,14', { fill: box.lemon, width: 3 });
}
