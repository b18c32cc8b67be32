import { InvalidInput, type InputIssue } from '../errors.js';
import { fitsDouble } from '../model/exact-number.js';

/** Deeper than anything that is kept, and shallow enough for every walk over a parsed body. */
const maxNesting = 200;

const quote = 34;
const comma = 44;
const colon = 58;
const backslash = 92;
const openBracket = 91;
const closeBracket = 93;
const openBrace = 123;
const closeBrace = 125;

/** An object or array that is open at the present place of the text. */
interface Open {
  /** Keys so far; null in an array. */
  keys: Set<string> | null;
  /** Where we are in it. */
  at: string | number;
}

/**
 * Finds what `JSON.parse` would change without a word: numbers that a double cannot hold, keys given twice (the first
 * would be dropped), `__proto__` (an object's prototype, not a key of it). Refuses nesting that no field may have.
 * The text is known to be JSON, so this walk looks at its structure only.
 * @throws InvalidInput naming the place
 */
export function checkJsonText(text: string): void {
  const stack: Open[] = [];
  for (let index = 0; index < text.length; index++) {
    const open = stack.at(-1);
    switch (text.charCodeAt(index)) {
      case quote: {
        const end = endOfString(text, index);
        if (open?.keys && nextToken(text, end) === colon) enterKey(text.slice(index, end), open, stack);
        index = end - 1;
        break;
      }
      case openBrace:
      case openBracket:
        if (stack.length >= maxNesting) refuse(stack, `is nested deeper than ${maxNesting} levels`);
        stack.push(
          text.charCodeAt(index) === openBrace ? { keys: new Set(), at: '' } : { keys: null, at: 0 },
        );
        break;
      case closeBrace:
      case closeBracket:
        stack.pop();
        break;
      case comma:
        if (open && typeof open.at === 'number') open.at += 1;
        break;
      default:
        index = skipNumber(text, index, stack);
    }
  }
}

/** The index behind the closing quote. */
function endOfString(text: string, start: number): number {
  for (let index = start + 1; ; index++) {
    const end = text.indexOf('"', index);
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === backslash) slashes++;
    if (slashes % 2 === 0) return end + 1;
    index = end;
  }
}

function nextToken(text: string, from: number): number {
  let index = from;
  while (isSpace(text.charCodeAt(index))) index++;
  return text.charCodeAt(index);
}

function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9;
}

function enterKey(literal: string, open: Open, stack: readonly Open[]): void {
  const key = literal.includes('\\') ? String(JSON.parse(literal)) : literal.slice(1, -1);
  open.at = key;
  if (key === '__proto__') refuse(stack, 'is a key that cannot be kept');
  if (open.keys?.has(key)) refuse(stack, 'is given twice');
  open.keys?.add(key);
}

const numberToken = /-?\d+(\.\d+)?([eE][+-]?\d+)?/y;

/** @returns the index of the token's last character */
function skipNumber(text: string, index: number, stack: readonly Open[]): number {
  const code = text.charCodeAt(index);
  if (code !== 45 && (code < 48 || code > 57)) return index;
  numberToken.lastIndex = index;
  const [token = text.charAt(index)] = numberToken.exec(text) ?? [];
  if ((token.length > 15 || /[eE]/.test(token)) && !fitsDouble(token)) {
    refuse(stack, 'is a number that cannot be kept exactly; send it as a string');
  }
  return index + token.length - 1;
}

function refuse(stack: readonly Open[], message: string): never {
  const shown = stack.slice(0, 20).map(({ at }) => at);
  const issue: InputIssue = { path: shown.join('.'), message };
  throw new InvalidInput(`${issue.path || 'the body'}: ${message}`, [issue]);
}
