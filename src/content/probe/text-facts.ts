import { codePoints } from '../../model/text.js';
import type { MediaFacts } from './media-facts.js';
import { encodingOf } from './text-encoding.js';

export interface FoundText {
  facts: Pick<MediaFacts, 'character_count' | 'word_count' | 'charset'>;
  /** The first characters, up to four million, without a byte-order mark. */
  head: string;
  /** All of them, where they are few enough to be kept. */
  whole: string | null;
}

/** RFC 1428: text of eight bits of which nobody said how it is encoded. */
export const unknownCharset = 'unknown-8bit';

/** A text of more characters is counted but not kept whole. */
const wholeLimit = 4 << 20;
const headLength = 64 * 1024;

/**
 * Reads bytes as text, in constant memory but for the first four million characters. Text is whatever holds no control
 * characters from its first byte to its last: in the encoding that its mark, its sender or it itself names, in UTF-8, or
 * failing that in an older encoding, whose characters nobody can count. Null when the bytes are no text.
 *
 * A word is a run of letters and digits, with apostrophes and hyphens inside; where a script does not separate words
 * (Chinese, Japanese), each character counts as one. Characters are Unicode code points.
 * @param declared the encoding that the sender names
 */
export async function readText(
  input: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  declared: string | null = null,
): Promise<FoundText | null> {
  let reading: TextReading | null = null;
  const octets = new OctetReading();
  for await (const chunk of input) {
    reading ??= new TextReading(encodingOf(chunk, declared));
    reading.add(chunk);
    octets.add(chunk);
    if (!reading.ok && !octets.ok) return null;
  }
  reading ??= new TextReading('utf-8');
  return reading.end() ?? octets.end();
}

const word =
  /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]|(?:(?![\p{sc=Han}\p{sc=Hira}\p{sc=Kana}])[\p{L}\p{M}\p{N}]|(?<=[\p{L}\p{N}])['’-](?=[\p{L}\p{N}]))+/gu;
const control = /[\x00-\x08\x0e-\x1a\x1c-\x1f]/;
/** A word is not longer than this: text without any gap is cut anywhere, so that memory stays constant. */
const longestWord = 4096;

/** Unicode text, as long as it is that. */
class TextReading {
  ok = true;
  readonly #decoder: InstanceType<typeof TextDecoder>;
  #unfinished = '';
  #characters = 0;
  #words = 0;
  #kept = '';
  #length = 0;

  constructor(private readonly charset: string) {
    this.#decoder = new TextDecoder(charset, { fatal: true });
  }

  add(chunk: Uint8Array): void {
    if (!this.ok) return;
    const text = this.#unfinished + this.#decode(chunk);
    const cut = lastGap(text);
    this.#count(text.slice(0, cut));
    this.#unfinished = text.slice(cut);
  }

  end(): FoundText | null {
    if (this.ok) this.#count(this.#unfinished + this.#decode(null));
    if (!this.ok) return null;
    const counts = { character_count: this.#characters, word_count: this.#words };
    return {
      facts: this.charset === 'utf-8' ? counts : { ...counts, charset: this.charset },
      head: this.#kept,
      whole: this.#length === this.#kept.length ? this.#kept : null,
    };
  }

  #decode(chunk: Uint8Array | null): string {
    try {
      return chunk ? this.#decoder.decode(chunk, { stream: true }) : this.#decoder.decode();
    } catch (error) {
      if (!isDecodingError(error)) throw error;
      this.ok = false;
      return '';
    }
  }

  #count(text: string): void {
    if (!this.ok || control.test(text)) {
      this.ok = false;
      return;
    }
    this.#words += text.match(word)?.length ?? 0;
    this.#characters += codePoints(text);
    this.#length += text.length;
    this.#kept += text.slice(0, wholeLimit - this.#kept.length);
  }
}

/** Fewer bytes may look like text by chance, unless most of them are plain letters. */
const sureLength = 64;

/**
 * Text in Latin-1, Shift-JIS, Windows-1251 and the like: no control byte, nor 255 as the first byte, with which media begin
 * (JPEG, MP3) and no sentence does.
 */
class OctetReading {
  ok = true;
  #length = 0;
  #plain = 0;
  #head = '';

  add(chunk: Uint8Array): void {
    if (this.#length === 0 && chunk[0] === 0xff) this.ok = false;
    if (!this.ok) return;
    for (const byte of chunk) {
      if (byte < 0x20 && (byte < 9 || byte > 13) && byte !== 0x1b) {
        this.ok = false;
        return;
      }
      if (byte < 0x80) this.#plain++;
    }
    this.#length += chunk.length;
    const missing = headLength - this.#head.length;
    if (missing > 0) this.#head += Buffer.from(chunk.subarray(0, missing)).toString('latin1');
  }

  end(): FoundText | null {
    const sure = this.#length >= sureLength || this.#plain >= this.#length * 0.75;
    return this.ok && sure ? { facts: { charset: unknownCharset }, head: this.#head, whole: null } : null;
  }
}

function lastGap(text: string): number {
  const gap = Math.max(text.lastIndexOf(' '), text.lastIndexOf('\n')) + 1;
  if (gap > 0 || text.length < longestWord) return gap;
  // Never between the two halves of one code point.
  const last = text.charCodeAt(text.length - 1);
  return last >= 0xd800 && last < 0xdc00 ? text.length - 1 : text.length;
}

function isDecodingError(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA'
  );
}
