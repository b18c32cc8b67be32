/**
 * What a terminal would act on instead of showing it: control characters, marks that turn the direction of writing,
 * line separators, halves of surrogate pairs.
 */
const active = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

const escaped = (sign: string) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** A text as it may reach a terminal: line feeds stay, everything active is spelled as in JSON (`\u001b`). */
export function printable(text: string): string {
  return text.replace(active, (sign) => (sign === '\n' ? sign : escaped(sign)));
}

/** A recorded text on one line: white space in it is one space. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
