import type { Brush } from '../brush.js';
import { box, darker } from '../colours.js';
import { cheeks, eye, smile } from './face.js';

/** A long-necked dinosaur facing right, about 290 wide and 250 high, feet at y = 110. */
export function longNeck(b: Brush, skin: string = box.teal): void {
  const edge = darker(skin, 0.45);
  for (const x of [-50, 44])
    b.poly(
      [
        [x - 18, 40],
        [x - 20, 108],
        [x + 20, 108],
        [x + 16, 40],
      ],
      { fill: darker(skin, 0.12), line: edge },
    );
  b.blob(
    '-150,70 -112,38 -80,-6 -30,-36 22,-34 54,-60 66,-110 88,-142 128,-146 150,-122 138,-100 106,-98 100,-60 92,0 72,50 10,66 -60,60 -104,62',
    { fill: skin, line: edge },
  );
  for (const x of [-78, 70])
    b.poly(
      [
        [x - 18, 44],
        [x - 20, 112],
        [x + 20, 112],
        [x + 18, 44],
      ],
      { fill: skin, line: edge },
    );
  for (const [x, y, r] of [
    [-50, 0, 13],
    [-14, -14, 10],
    [22, 6, 14],
    [-20, 24, 9],
    [66, -36, 8],
  ] as const) {
    b.oval(x, y, r, r, { fill: box.lime, line: null });
  }
  eye(b, 112, -126, 11, [0.3, 0.1]);
  smile(b, 128, -112, 12);
  cheeks(b, 104, -108, 2, 7);
}

/** A little round one with spikes, facing left; feet at y = 60. */
export function spikyOne(b: Brush, skin: string = box.orange): void {
  const edge = darker(skin, 0.4);
  for (let i = 0; i < 6; i++) {
    const x = -44 + i * 24;
    const y = -30 - 20 * Math.sin(((i + 0.6) * Math.PI) / 6);
    b.poly(
      [
        [x - 13, y + 16],
        [x, y - 20],
        [x + 15, y + 16],
      ],
      { fill: box.red, line: edge },
    );
  }
  b.blob('-110,6 -104,-22 -76,-28 -50,-34 0,-48 50,-34 96,14 140,22 96,38 50,44 -50,44 -80,26', {
    fill: skin,
    line: edge,
  });
  for (const x of [-42, 36])
    b.poly(
      [
        [x - 14, 34],
        [x - 15, 62],
        [x + 15, 62],
        [x + 14, 34],
      ],
      { fill: skin, line: edge },
    );
  eye(b, -84, -8, 10, [-0.3, 0]);
  smile(b, -96, 10, 10);
}
