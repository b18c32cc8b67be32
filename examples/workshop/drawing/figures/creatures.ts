import type { Brush } from '../brush.js';
import { box, darker, lighter } from '../colours.js';
import { cheeks, eye, eyes, laugh, sleepyEyes, smile } from './face.js';

/** A rabbit in an apron from the front, about 120 wide and 260 high. */
export function rabbit(b: Brush, fur: string = box.white, apron: string = box.coral): void {
  const edge = box.slate;
  for (const flip of [false, true]) {
    const half = b.at(0, 0, 1, { flip });
    half.oval(24, -118, 15, 48, { fill: fur, line: edge }, 8);
    half.oval(24, -114, 7, 32, { fill: box.pink, line: null }, 8);
    half.oval(26, 116, 26, 14, { fill: fur, line: edge });
  }
  b.blob('-46,20 -54,80 -36,116 36,116 54,80 46,20 0,0', { fill: fur, line: edge });
  b.poly('-30,34 -38,100 38,100 30,34', { fill: apron });
  b.poly('-14,62 -14,82 14,82 14,62', { fill: lighter(apron), width: 3 });
  b.blob('-56,-30 -44,-68 0,-82 44,-68 56,-30 40,2 0,14 -40,2', { fill: fur, line: edge });
  eyes(b, 0, -38, 46, 12);
  b.poly('-7,-20 7,-20 0,-12', { fill: box.rose, width: 3 });
  smile(b, 0, -8, 16);
  cheeks(b, 0, -14, 76, 10);
  for (const [flip, y] of [
    [false, -14],
    [true, -14],
    [false, -8],
    [true, -8],
  ] as const) {
    b.at(0, 0, 1, { flip }).path(
      [
        [30, y],
        [60, y - 6 + (y + 14)],
      ],
      { line: edge, width: 2.5 },
    );
  }
}

/** An octopus from the front, about 240 wide; answers where its eight arm tips are. */
export function octopus(b: Brush, skin: string = box.violet): [number, number][] {
  const edge = darker(skin, 0.4);
  const tips: [number, number][] = [
    [-170, -10],
    [-150, 70],
    [-100, 120],
    [-40, 140],
    [40, 140],
    [100, 120],
    [150, 70],
    [170, -10],
  ];
  tips.forEach(([x, y], i) => {
    const root = -52 + i * 15;
    const arm = [
      [root, 40],
      [root * 1.1 + x * 0.2, 76 + y * 0.12],
      [x * 0.86, y + 20 - Math.abs(x) * 0.04],
      [x, y],
    ] as const;
    b.curve(arm, { line: edge, width: 23 });
    b.curve(arm, { line: skin, width: 15 });
  });
  b.blob('-74,36 -88,-20 -64,-84 0,-108 64,-84 88,-20 74,36 40,62 0,54 -40,62', { fill: skin, line: edge });
  for (const [x, y, r] of [
    [-40, -70, 10],
    [30, -84, 8],
    [54, -58, 11],
    [-10, -90, 6],
  ] as const)
    b.oval(x, y, r, r, { fill: lighter(skin, 0.4), line: null });
  eyes(b, 0, -20, 62, 20);
  laugh(b, 0, 14, 20);
  cheeks(b, 0, 12, 108, 11);
  return tips;
}

export function umbrella(b: Brush, colour: string): void {
  b.curve('0,-10 0,60 -6,72 -16,66', { line: box.bark, width: 5 });
  b.blob('-56,0 -44,-36 0,-54 44,-36 56,0 38,-9 18,0 0,-9 -18,0 -38,-9', {
    fill: colour,
    line: darker(colour, 0.4),
  });
  for (const x of [-18, 18])
    b.curve(
      [
        [x, -2],
        [x * 0.6, -28],
        [0, -52],
      ],
      { line: darker(colour, 0.35), width: 3 },
    );
}

/** A whale facing left, about 330 wide and 180 high, with its fountain. */
export function whale(b: Brush, skin: string = box.blue): void {
  const edge = darker(skin, 0.4);
  b.blob('116,0 150,-46 128,-92 166,-76 190,-100 194,-60 176,-30 150,30 110,40', { fill: skin, line: edge });
  b.blob('-150,10 -140,-44 -88,-78 -20,-80 60,-52 126,-4 140,30 100,66 10,80 -90,72 -138,46', {
    fill: skin,
    line: edge,
  });
  b.blob('-146,34 -110,22 -60,34 0,38 60,34 92,58 10,80 -90,72 -132,52', { fill: box.cream, line: edge });
  for (const x of [-96, -64, -30, 6, 40])
    b.curve(
      [
        [x, 44],
        [x + 4, 58],
        [x + 12, 70],
      ],
      { line: box.grey, width: 3 },
    );
  b.blob('-10,46 16,96 44,104 34,62', { fill: darker(skin, 0.1), line: edge });
  eye(b, -98, -14, 13, [-0.2, 0.2]);
  b.curve('-146,24 -124,22 -108,10', { width: 4 });
  cheeks(b, -72, 10, 2, 11);
  for (const [to, top] of [
    [-92, -128],
    [-70, -142],
    [-44, -130],
  ] as const) {
    b.curve(
      [
        [-64, -82],
        [-66, -110],
        [(to - 66) / 2, top],
        [to, top + 18],
      ],
      { line: box.sky, width: 7 },
    );
  }
}

/** A snail with a train of carriages' engine cabin for a shell, facing right. */
export function snail(b: Brush, shell: string = box.rose): void {
  b.blob('-96,60 -60,36 0,34 52,30 64,-20 84,-36 108,-20 106,20 86,56 40,64 -40,66', {
    fill: box.lime,
    line: box.pine,
  });
  b.oval(-10, -6, 60, 56, { fill: shell, line: darker(shell, 0.4) });
  b.curve('-10,44 28,30 32,-12 0,-38 -38,-24 -44,10 -16,24 8,10 2,-12 -16,-12', {
    line: darker(shell, 0.4),
    width: 6,
  });
  for (const [x, y] of [
    [78, -74],
    [106, -70],
  ] as const) {
    b.curve(
      [
        [x === 78 ? 82 : 100, -28],
        [x, y],
      ],
      { line: box.pine, width: 6 },
    );
    eye(b, x, y - 4, 11, [0.25, 0]);
  }
  smile(b, 92, 2, 13);
  cheeks(b, 76, 0, 2, 7);
}

/** An owl from the front, about 150 wide and 190 high. */
export function owl(b: Brush, feathers: string = box.brown, awake = true): void {
  const edge = darker(feathers, 0.45);
  b.blob('-64,-74 -40,-70 0,-78 40,-70 64,-74 66,0 58,70 0,96 -58,70 -66,0', { fill: feathers, line: edge });
  b.oval(0, 42, 38, 44, { fill: box.sand, line: edge, width: 3 });
  for (const [x, y] of [
    [-16, 24],
    [14, 24],
    [-2, 42],
    [-20, 58],
    [18, 58],
  ] as const)
    b.curve(
      [
        [x - 9, y - 4],
        [x, y + 6],
        [x + 9, y - 4],
      ],
      { line: box.brown, width: 3 },
    );
  for (const flip of [false, true]) {
    const half = b.at(0, 0, 1, { flip });
    half.blob('58,-16 88,30 78,68 52,60 48,10', { fill: darker(feathers, 0.15), line: edge });
    half.oval(28, -30, 30, 31, { fill: box.cream, line: edge });
    half.path('10,92 14,106 20,94 26,106 30,90', { line: box.orange, width: 5 });
  }
  if (awake) eyes(b, 0, -30, 56, 17, [0, 0]);
  else sleepyEyes(b, 0, -30, 56, 17);
  b.poly('-10,-12 10,-12 0,12', { fill: box.orange, width: 3 });
  cheeks(b, 0, 4, 100, 9);
}

/** A mother duck or, smaller, a duckling; facing right, feet at y = 62. */
export function duck(b: Brush, feathers: string = box.yellow): void {
  const edge = darker(feathers, 0.35);
  for (const x of [-10, 14])
    b.path(
      [
        [x, 40],
        [x, 60],
        [x + 12, 60],
      ],
      { line: box.orange, width: 5 },
    );
  b.blob('-74,-8 -58,2 -20,-10 20,-12 22,-40 46,-58 72,-44 72,-18 54,0 50,28 10,46 -40,38', {
    fill: feathers,
    line: edge,
  });
  b.blob('-36,6 0,0 20,12 -4,28 -36,24', { fill: darker(feathers, 0.12), line: edge, width: 3 });
  b.blob('70,-36 94,-30 92,-22 70,-20', { fill: box.orange, width: 3 });
  eye(b, 54, -38, 8, [0.2, 0]);
}

/** A cloud with a face and little legs: happy, or clinging to the ground. */
export function cloudChild(b: Brush, brave: boolean): void {
  b.blob('-96,24 -92,-14 -64,-26 -48,-58 -8,-66 26,-46 60,-48 84,-16 102,6 92,38 48,46 0,42 -58,48', {
    fill: box.white,
    line: box.blue,
  });
  eyes(b, 0, -10, 50, 14, brave ? [0, -0.2] : [0, 0.4]);
  if (brave) laugh(b, 0, 10, 14);
  else b.curve('-12,22 -4,16 4,22 12,16', { width: 4 });
  cheeks(b, 0, 10, 90, 10);
}
