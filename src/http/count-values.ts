import { InvalidInput } from '../errors.js';
import { cutText } from '../model/text.js';

/** What one JSON text may hold: each object costs `JSON.parse` and every later walk far more than its two bytes. */
export const mostObjects = 200_000;
export const mostValues = 1_500_000;

/**
 * Counts before anything is parsed: a text of a few megabytes can hold a million empty objects. Reads texts that are no
 * JSON too.
 * @throws InvalidInput naming the field of the whole that has too many
 */
export function refuseTooManyValues(text: string): void {
  const count = { objects: 0, values: 0 };
  let depth = 0;
  /** Where the newest string begins that no list and no inner object holds: the field that we are in. */
  let field = -1;
  const add = (kind: keyof typeof count, most: number, what: string) => {
    if (++count[kind] > most) refuse(fieldAt(text, field), `has more than ${most} ${what}`);
  };
  for (let index = 0; index < text.length; index++) {
    switch (text.charCodeAt(index)) {
      case 34: // "
        if (depth === 1) field = index;
        index = endOfString(text, index);
        break;
      case 91: // [
      case 123: // {
        depth++;
        add('objects', mostObjects, 'objects and lists');
        break;
      case 93: // ]
      case 125: // }
        depth--;
        break;
      case 44: // ,
        add('values', mostValues, 'values');
        break;
    }
  }
}

/** The index of the closing quote, or the text's end. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === 92) slashes++;
    if (slashes % 2 === 0) return end;
  }
  return text.length;
}

function fieldAt(text: string, start: number): string {
  return start < 0 ? '' : cutText(text.slice(start + 1, endOfString(text, start)), 100);
}

function refuse(path: string, what: string): never {
  const message = `${what}: send less at once`;
  throw new InvalidInput(`${path || 'the body'} ${message}`, [{ path, message }]);
}
