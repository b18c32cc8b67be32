/** Marks that turn the direction of writing, as a part of a pattern's class (UAX 9). */
export const bidiMarks = '\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069';

/** What a terminal would act on instead of showing it; halves of surrogate pairs and line separators too. */
const active = new RegExp(`[\\p{Cc}\\p{Cs}\\u2028\\u2029${bidiMarks}]`, 'gu');

const escaped = (sign: string) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** A text as it may reach a terminal: line feeds stay, everything active is spelled as in JSON (`\u001b`). */
export function printable(text: string): string {
  return text.replace(active, (sign) => (sign === '\n' ? sign : escaped(sign)));
}

/** A recorded text on one line: white space in it is one space. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** A text as one word of a POSIX shell's command line: somebody will copy the line. */
export function shellWord(text: string): string {
  return /^[\w./:@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

const characters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * The beginning of a text, of at most `most` UTF-16 units; never cut inside a character as people see it (UAX 29).
 * @param end is added where something was cut, and counts
 */
export function cutText(text: string, most: number, end = ''): string {
  return text.length <= most ? text : beginning(text, most - end.length) + end;
}

function beginning(text: string, most: number): string {
  // A character is rarely longer than this; looking at the end alone spares a walk through all of a long text.
  const from = Math.max(0, most - 200);
  const start = from > 0 && isLowSurrogate(text, from) ? from + 1 : from;
  const cut =
    start + (characters.segment(text.slice(start, most + 200)).containing(most - start)?.index ?? 0);
  if (cut > start || most === 0) return text.slice(0, cut);
  return text.slice(0, isLowSurrogate(text, most) ? most - 1 : most);
}

function isLowSurrogate(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit < 0xe000;
}

/** How many characters Unicode counts in a text. */
export function codePoints(text: string): number {
  let count = text.length;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= 0xd800 && unit < 0xdc00) count--;
  }
  return count;
}
