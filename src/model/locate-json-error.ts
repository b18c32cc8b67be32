/** What may come next: a value, an object's key or its end, a key, the colon behind it, a comma or the end of what is open. */
type Expected = 'value' | 'item or end' | 'key or end' | 'key' | 'colon' | 'more';

const space = /[ \t\n\r]*/y;
const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.+-])|(?:true|false|null)(?!\w)/y;
const plainCharacters = /[^"\\\u0000-\u001f]*/y;
const escape = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;

/**
 * Where a text stops being JSON (RFC 8259), as an editor shows it: both counted from 1, columns in UTF-16 units.
 * For texts that `JSON.parse` refused; its own messages name the place in some versions and not in others.
 */
export function locateJsonError(text: string): { line: number; column: number } {
  const before = text.slice(0, firstError(text));
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: before.length - lineStart + 1 };
}

/** The index of the first character that cannot stand there, or the text's length where something is missing. */
function firstError(text: string): number {
  const open: ('[' | '{')[] = [];
  let expected: Expected = 'value';
  for (let at = skip(space, text, 0); ; at = skip(space, text, at)) {
    if (expected === 'more' && open.length === 0) return at;
    const sign = text[at];
    const end = sign === '"' ? endOfString(text, at) : at + 1;
    const next: Expected | null = sign === undefined ? null : follow(sign, expected, open);
    if (next !== null) {
      if (end < 0) return -end;
      at = end;
      expected = next;
    } else if (expected === 'value' || expected === 'item or end') {
      const behind = skip(scalar, text, at);
      if (behind === at) return at;
      at = behind;
      expected = 'more';
    } else {
      return at;
    }
  }
}

/** What is expected behind `sign`, or null where it cannot stand. Opens and closes what `open` holds. */
function follow(sign: string, expected: Expected, open: ('[' | '{')[]): Expected | null {
  const value = expected === 'value' || expected === 'item or end';
  const inside = open.at(-1);
  switch (sign) {
    case '{':
    case '[':
      if (!value) return null;
      open.push(sign);
      return sign === '{' ? 'key or end' : 'item or end';
    case '"':
      return value ? 'more' : expected === 'key' || expected === 'key or end' ? 'colon' : null;
    case ':':
      return expected === 'colon' ? 'value' : null;
    case ',':
      return expected === 'more' ? (inside === '{' ? 'key' : 'value') : null;
    case '}':
    case ']': {
      const begun = sign === '}' ? '{' : '[';
      const mayEnd = expected === 'more' || expected === (sign === '}' ? 'key or end' : 'item or end');
      if (!mayEnd || inside !== begun) return null;
      open.pop();
      return 'more';
    }
    default:
      return null;
  }
}

/** The index behind the closing quote, or minus the index of the first character that a string cannot have. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; ;) {
    at = skip(plainCharacters, text, at);
    if (text[at] === '"') return at + 1;
    const behind = skip(escape, text, at);
    if (behind === at) return -at;
    at = behind;
  }
}

function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return at + (pattern.exec(text)?.[0].length ?? 0);
}
