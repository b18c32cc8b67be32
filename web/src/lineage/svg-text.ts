const lineLength = 24;
const mostLines = 4;
const characters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** A title on lines of whole characters as people see them, between words where that can be; what is left out shows. */
export function wrapTitle(title: string): string[] {
  let rest = Array.from(characters.segment(drawable(title).trim()), ({ segment }) => segment);
  const lines: string[] = [];
  while (rest.length > 0 && lines.length < mostLines) {
    const blank = rest.lastIndexOf(' ', lineLength);
    const end = rest.length > lineLength && blank > 0 ? blank : lineLength;
    lines.push(rest.slice(0, end).join(''));
    rest = rest.slice(rest[end] === ' ' ? end + 1 : end);
  }
  return rest.length > 0 ? [...lines.slice(0, -1), `${lines.at(-1)}…`] : lines;
}

/** Text in an element of an SVG. */
export function svgText(text: string): string {
  return drawable(text).replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** XML 1.0, 2.2, has no place for control characters, halves of characters and non-characters, not even as entities. */
const drawable = (text: string) => text.replace(/[\s\p{Cc}\p{Cs}\ufffe\uffff]+/gu, ' ');
