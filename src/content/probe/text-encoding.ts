import { hasCode } from '../../errors.js';

/**
 * How a text is encoded, by its mark, its sender, its XML declaration (XML 1.0, appendix F) or its zeros, as a name
 * that TextDecoder knows; UTF-8 where nothing tells of another.
 * @param head its first bytes
 * @param declared the sender's word
 */
export function encodingOf(head: Uint8Array, declared: string | null): string {
  const start = Buffer.from(head.subarray(0, 256)).toString('latin1');
  if (start.startsWith('\xff\xfe')) return 'utf-16le';
  if (start.startsWith('\xfe\xff')) return 'utf-16be';
  if (start.startsWith('\xef\xbb\xbf')) return 'utf-8';
  const inside = /^\s*<\?xml\s[^>]*?\bencoding\s*=\s*["']([\w.:-]+)["']/.exec(start)?.[1];
  const told = declared ?? (inside && !/^utf-?16/i.test(inside) ? inside : null);
  return known(told) ?? encodingByZeros(head) ?? 'utf-8';
}

/** Null for ASCII too: every text that is that is UTF-8, and many that are called so are no ASCII. */
function known(name: string | null): string | null {
  if (name === null || /ascii/i.test(name)) return null;
  try {
    return new TextDecoder(name).encoding === 'utf-8' ? 'utf-8' : name.toLowerCase();
  } catch (error) {
    if (hasCode(error, 'ERR_ENCODING_NOT_SUPPORTED')) return null;
    throw error;
  }
}

/** UTF-16 without a mark: of most texts most characters, their marks and spaces at least, are below U+0100. */
function encodingByZeros(head: Uint8Array): string | null {
  const pairs = Math.floor(Math.min(head.length, 4096) / 2);
  const zeros = [0, 0];
  for (let at = 0; at < 2 * pairs; at++) if (head[at] === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [first = 0, second = 0] = zeros;
  if (pairs < 2 || first + second < 0.7 * pairs || Math.min(first, second) > 0) return null;
  return first === 0 ? 'utf-16le' : 'utf-16be';
}
