import type { Brush } from './brush.js';
import type { Point } from './outline.js';
import { between } from './random.js';

/** Strokes of a child's capitals on a grid 4 wide and 6 high: points are two digits, `|` lifts the crayon. */
const strokes: Record<string, string> = {
  A: '06 20 46|14 34',
  B: '00 06 36 45 44 33 03|33 42 41 30 00',
  C: '41 30 10 01 05 16 36 45',
  D: '00 06 26 44 42 20 00',
  E: '40 00 06 46|03 33',
  F: '40 00 06|03 33',
  G: '41 30 10 01 05 16 36 45 43 23',
  H: '00 06|40 46|03 43',
  I: '10 16',
  J: '30 35 26 16 05',
  K: '00 06|40 03 46',
  L: '00 06 46',
  M: '06 00 23 40 46',
  N: '06 00 46 40',
  O: '20 02 04 26 44 42 20',
  P: '06 00 30 41 42 33 03',
  Q: '20 02 04 26 44 42 20|34 46',
  R: '06 00 30 41 42 33 03|23 46',
  S: '41 30 10 01 02 13 33 44 45 36 16 05',
  T: '00 40|20 26',
  U: '00 05 16 36 45 40',
  V: '00 26 40',
  W: '00 16 23 36 40',
  X: '00 46|40 06',
  Y: '00 23 40|23 26',
  Z: '00 40 06 46',
  '!': '10 14|16 15',
  "'": '10 11',
  面: '00 60|30 22|02 06 66 62 02|22 26|42 46|24 44',
  包: '20 03|11 61 65 54|13 43 45 15|13 16 66 65',
  '?': '01 10 30 41 42 23 24|26 25',
};

/** Grid units from the left edge of a letter to that of the next. */
function advance(letter: string): number {
  if (letter === ' ') return 3.6;
  return "I!'".includes(letter) ? 3.4 : 5.6;
}

/** Writes in capitals from the left edge at 0, six units of `size` high, a colour for each letter in turn. */
export function write(b: Brush, words: string, size: number, colours: readonly string[]): void {
  let x = 0;
  [...words.toUpperCase()].forEach((letter, i) => {
    const line = colours[i % colours.length] ?? '#000000';
    const pen = b.at(x, between(b.random, -size * 0.5, size * 0.5), size, { turn: between(b.random, -5, 5) });
    for (const stroke of (strokes[letter] ?? '').split('|').filter((part) => part !== '')) {
      const corners = stroke.split(' ').map((pair): Point => [Number(pair[0]), Number(pair[1])]);
      // The brush widens its line with the scale, which here only sizes the grid.
      pen.path(corners, { line, width: 6 / Math.max(0.55, Math.min(1.4, size)) });
    }
    x += advance(letter) * size;
  });
}

/** The width that `write` takes, in pixels at scale 1. */
export function widthOf(words: string, size: number): number {
  return [...words.toUpperCase()].reduce((sum, letter) => sum + advance(letter) * size, 0);
}
