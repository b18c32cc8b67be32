import type { Brush } from '../brush.js';
import { box, darker } from '../colours.js';
import { cheeks, eyes, smile } from './face.js';

/** A round little dragon from the front, about 200 wide and 250 high, arms ready to hold something at (0, 40). */
export function dragon(b: Brush, skin: string = box.green, bakerHat = false): void {
  const edge = darker(skin, 0.45);
  b.blob('40,80 90,96 128,70 134,30 116,40 102,62 70,60 44,50', { fill: skin, line: edge });
  b.poly('122,44 150,20 132,4 112,22', { fill: box.orange, line: edge });
  for (const flip of [false, true]) wing(b.at(0, 0, 1, { flip }), edge);
  b.blob('-58,20 -70,80 -48,116 0,124 48,116 70,80 58,20 0,-10', { fill: skin, line: edge });
  b.oval(0, 74, 38, 44, { fill: box.lemon, line: darker(box.lemon, 0.2) });
  for (const x of [-36, 36])
    b.blob(
      [
        [x - 26, 116],
        [x, 102],
        [x + 26, 116],
        [x + 20, 130],
        [x - 20, 130],
      ],
      { fill: skin, line: edge },
    );
  head(b.at(0, -50), skin, edge);
  if (bakerHat) hat(b.at(0, -104));
}

function wing(b: Brush, edge: string): void {
  b.poly('44,30 88,-42 122,-30 112,-8 132,12 104,18 104,42 72,40', { fill: box.orange, line: edge });
}

function head(b: Brush, skin: string, edge: string): void {
  for (const flip of [false, true]) {
    b.at(0, 0, 1, { flip }).poly('28,-44 44,-78 54,-34', { fill: box.sand, line: edge });
  }
  b.blob('-66,4 -54,-42 0,-58 54,-42 66,4 54,44 0,56 -54,44', { fill: skin, line: edge });
  b.oval(0, 26, 40, 24, { fill: '#a9d189', line: null });
  eyes(b, 0, -14, 54, 17);
  b.oval(-12, 18, 3, 4, { fill: box.ink, line: null });
  b.oval(12, 18, 3, 4, { fill: box.ink, line: null });
  smile(b, 0, 30, 24);
  cheeks(b, 0, 16, 96, 10);
}

function hat(b: Brush): void {
  b.blob('-36,0 -56,-24 -36,-50 -8,-46 8,-58 36,-48 54,-26 36,0', { fill: box.white, line: box.slate });
  b.poly('-36,6 -34,-10 34,-10 36,6', { fill: box.white, line: box.slate });
}

/** A loaf with a smile of steam. */
export function bread(b: Brush): void {
  b.blob('-60,20 -64,-10 -34,-30 0,-26 34,-32 64,-8 60,22 0,28', { fill: '#d99a52', line: box.bark });
  for (const x of [-30, 0, 30])
    b.curve(
      [
        [x - 8, -18],
        [x, -4],
        [x + 6, 8],
      ],
      { line: box.bark, width: 4 },
    );
  for (const x of [-24, 6, 34])
    b.curve(
      [
        [x, -42],
        [x + 8, -56],
        [x - 4, -70],
        [x + 6, -84],
      ],
      { line: box.grey, width: 4 },
    );
}
