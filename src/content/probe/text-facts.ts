import type { MediaFacts } from './quick-facts.js';

/**
 * Counts the characters (Unicode code points) and words of UTF-8 text in constant memory. A word is a run of letters
 * and digits, with apostrophes and hyphens inside; where a script does not separate words (Chinese, Japanese), each
 * character counts as one. Null when the bytes are not UTF-8 text.
 */
export async function textFacts(
  input: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<MediaFacts | null> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const counts = { character_count: 0, word_count: 0 };
  let unfinished = '';
  try {
    for await (const chunk of input) {
      const text = unfinished + decoder.decode(chunk, { stream: true });
      const cut = lastGap(text);
      count(text.slice(0, cut), counts);
      unfinished = text.slice(cut);
    }
    count(unfinished + decoder.decode(), counts);
  } catch (error) {
    if (error instanceof NotText || isDecodingError(error)) return null;
    throw error;
  }
  return counts;
}

class NotText extends Error {}

const word =
  /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]|(?:(?![\p{sc=Han}\p{sc=Hira}\p{sc=Kana}])[\p{L}\p{M}\p{N}]|(?<=[\p{L}\p{N}])['’-](?=[\p{L}\p{N}]))+/gu;
const control = /[\x00-\x08\x0e-\x1a\x1c-\x1f]/;
/** A word is not longer than this: text without any gap is cut anywhere, so that memory stays constant. */
const longestWord = 4096;

function lastGap(text: string): number {
  const gap = Math.max(text.lastIndexOf(' '), text.lastIndexOf('\n')) + 1;
  if (gap > 0 || text.length < longestWord) return gap;
  // Never between the two halves of one code point.
  const last = text.charCodeAt(text.length - 1);
  return last >= 0xd800 && last < 0xdc00 ? text.length - 1 : text.length;
}

function count(text: string, counts: { character_count: number; word_count: number }): void {
  if (control.test(text)) throw new NotText();
  counts.word_count += text.match(word)?.length ?? 0;
  counts.character_count += text.length;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= 0xd800 && unit < 0xdc00) counts.character_count--;
  }
}

function isDecodingError(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA'
  );
}
