import type { Brush } from '../brush.js';
import { box, darker } from '../colours.js';
import type { Point } from '../outline.js';
import { cheeks, eye, laugh } from './face.js';

const coat = '#f3c16b';

/** Lightning Dog, facing right: about 230 wide, 190 high. Runs, or sits in something that hides the legs. */
export function lightningDog(b: Brush, legs = true): void {
  b.blob('-66,-10 -96,-22 -86,-44 -118,-52 -104,-76 -138,-98 -88,-84 -98,-62 -66,-54 -76,-34 -52,-26', {
    fill: box.yellow,
    line: box.orange,
  });
  if (legs) runningLegs(b);
  b.blob('-78,8 -66,-30 -20,-42 34,-36 58,-8 50,28 10,44 -44,40', { fill: coat });
  b.oval(-28, 0, 24, 20, { fill: '#b9793f', line: null });
  scarf(b);
  head(b.at(72, -58));
}

function runningLegs(b: Brush): void {
  const legs: Point[][] = [
    [
      [-58, 26],
      [-84, 60],
      [-110, 62],
    ],
    [
      [-36, 32],
      [-44, 66],
      [-66, 80],
    ],
    [
      [26, 34],
      [50, 66],
      [78, 66],
    ],
    [
      [42, 22],
      [76, 44],
      [100, 36],
    ],
  ];
  for (const leg of legs) {
    b.curve(leg, { line: box.ink, width: 25 });
    b.curve(leg, { line: coat, width: 17 });
  }
}

function scarf(b: Brush): void {
  b.blob('30,-44 48,-24 62,-6 46,6 24,-16 16,-34', { fill: box.red });
  b.blob('22,-30 -14,-50 -50,-58 -70,-50 -48,-40 -72,-30 -30,-26 16,-16', { fill: box.red });
}

function head(b: Brush): void {
  b.blob('-46,2 -40,-36 -4,-52 34,-42 48,-12 70,2 72,24 46,34 4,40 -32,30', { fill: coat });
  b.blob('20,10 50,-2 72,6 70,24 40,32 18,26', { fill: box.cream, line: null });
  b.blob('-34,-34 -58,-36 -76,-6 -66,22 -46,14 -34,-8', { fill: '#b9793f', line: darker('#b9793f', 0.5) });
  b.oval(70, 2, 11, 9, { fill: box.ink });
  eye(b, 20, -16, 13, [0.3, 0]);
  eye(b, -12, -14, 13, [0.3, 0]);
  laugh(b, 42, 18, 16);
  cheeks(b, 4, 16, 2, 9);
}
