import type { Sheet } from './brush.js';
import { widthOf, write } from './letters.js';

/** Paints on an open sheet. */
export type Picture = (sheet: Sheet) => void;

/** A title in the middle, `y` from the top, letters six times `size` high. */
export function title(
  sheet: Sheet,
  words: string,
  y: number,
  size: number,
  colours: readonly string[],
): void {
  write(sheet.at((sheet.width - widthOf(words, size) + size) / 2, y), words, size, colours);
}
