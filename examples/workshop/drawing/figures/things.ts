import type { Brush } from '../brush.js';
import { box, darker } from '../colours.js';
import type { Point } from '../outline.js';
import { eyes, smile } from './face.js';

/** A boat bent from a crescent moon, about 300 wide; its rim is at y = 0. */
export function moonBoat(b: Brush, colour: string = box.lemon): void {
  b.blob('-160,-50 -120,-6 -60,10 0,14 60,10 120,-6 160,-50 138,26 76,68 0,80 -76,68 -138,26', {
    fill: colour,
    line: box.orange,
  });
  for (const [x, y, r] of [
    [-70, 38, 12],
    [-16, 52, 8],
    [60, 36, 14],
    [10, 34, 6],
  ] as const)
    b.oval(x, y, r, r * 0.9, { fill: darker(colour, 0.14), line: null });
}

export function sail(b: Brush, colour: string = box.coral): void {
  b.path('0,10 0,-150', { line: box.bark, width: 9 });
  b.poly('8,-146 98,-30 8,-20', { fill: colour });
  b.poly('-8,-120 -62,-30 -8,-22', { fill: box.cream });
  b.poly('0,-150 34,-162 0,-172', { fill: box.red, width: 3 });
}

/** A bus with a face, facing right, wheels at y = 70. */
export function bus(b: Brush, colour: string = box.yellow): void {
  const edge = darker(colour, 0.5);
  b.blob('-150,44 -152,-50 -138,-72 0,-76 112,-72 136,-50 142,-4 150,10 150,46 0,52', {
    fill: colour,
    line: edge,
  });
  for (const x of [-126, -76, -26, 24])
    b.poly(
      [
        [x, -50],
        [x, -14],
        [x + 38, -14],
        [x + 38, -50],
      ],
      { fill: box.sky, width: 3.5 },
    );
  b.poly('-150,8 60,8 60,20 -150,20', { fill: box.red, line: null });
  for (const [x, hair] of [
    [-107, box.bark],
    [-7, box.orange],
  ] as const) {
    b.oval(x, -26, 11, 12, { fill: box.peach, width: 3 });
    b.curve(
      [
        [x - 11, -30],
        [x, -41],
        [x + 11, -30],
      ],
      { line: hair, width: 6 },
    );
  }
  eyes(b, 104, -26, 40, 15, [0.2, 0.2]);
  smile(b, 110, 6, 20);
  for (const x of [-90, 84]) {
    b.oval(x, 50, 27, 27, { fill: box.slate });
    b.oval(x, 50, 10, 10, { fill: box.cream, width: 3 });
  }
}

/** A lighthouse standing at y = 100. */
export function lighthouse(b: Brush, stripe: string = box.red): void {
  b.poly('-26,100 -18,-50 18,-50 26,100', { fill: box.white });
  for (const y of [-20, 30, 78])
    b.poly(
      [
        [-20 - y / 30, y - 12],
        [20 + y / 30, y - 12],
        [21 + y / 26, y + 10],
        [-21 - y / 26, y + 10],
      ],
      { fill: stripe, line: null },
    );
  b.poly('-20,-50 -16,-82 16,-82 20,-50', { fill: box.lemon });
  b.poly('-24,-82 0,-108 24,-82', { fill: stripe });
}

export function lightBeam(b: Brush): void {
  b.poly('14,-66 140,-106 140,-30', { fill: box.lemon, line: null });
}

export function leaf(b: Brush, colour: string): void {
  b.blob('0,-38 20,-20 24,4 8,26 0,34 -8,26 -24,4 -20,-20', {
    fill: colour,
    line: darker(colour, 0.35),
    width: 3.5,
  });
  b.curve('0,-24 2,10 -2,52', { line: darker(colour, 0.45), width: 3.5 });
}

/** A child seen from the front in a raincoat or dress, feet at y = 100. */
export function child(b: Brush, coat: string, hair: string, skin: string = box.peach): void {
  for (const x of [-14, 14])
    b.path(
      [
        [x, 60],
        [x, 98],
        [x + Math.sign(x) * 12, 98],
      ],
      { line: box.ink, width: 7 },
    );
  b.path('-26,10 -56,34', { line: skin, width: 9 });
  b.path('26,10 58,-14', { line: skin, width: 9 });
  b.poly('-22,-10 -44,68 44,68 22,-10', { fill: coat });
  b.oval(0, -44, 36, 36, { fill: skin });
  b.blob('-38,-40 -40,-70 0,-92 40,-70 38,-40 22,-66 0,-60 -22,-66', { fill: hair, line: darker(hair, 0.5) });
  eyes(b, 0, -42, 28, 7);
  smile(b, 0, -26, 12);
}

/** Notes that float away from something that sings. */
export function notes(b: Brush, places: readonly Point[], colour: string = box.navy): void {
  for (const [x, y] of places) {
    b.oval(x, y, 8, 6, { fill: colour, line: colour, width: 3 }, -20);
    b.path(
      [
        [x + 8, y - 2],
        [x + 8, y - 34],
        [x + 20, y - 28],
      ],
      { line: colour, width: 4 },
    );
  }
}
