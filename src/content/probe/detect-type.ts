import { fileTypeFromBuffer, fileTypeFromFile } from 'file-type';
import { canonicalType } from './media-type.js';

/** Bytes to look at: in memory, or in a file. */
export type Bytes = { bytes: Uint8Array } | { file: string };

/** What the signature in the bytes says, canonical; null for text and for whatever has no known signature. */
export async function detectSignature(source: Bytes): Promise<string | null> {
  const found =
    'bytes' in source ? await fileTypeFromBuffer(source.bytes) : await fileTypeFromFile(source.file);
  return found && found.mime !== 'application/xml' ? canonicalType(found.mime) : null;
}

const beforeTag = /^\uFEFF?\s*(?:<\?xml[^>]*\?>|<!--[\s\S]*?-->|<!doctype\s+svg[^>]*>|\s)*/i;
const html = /^<(?:!doctype\s+html|html|head|body|script|iframe|style|title|table|a|h[1-6]|div|p|br|img)\b/i;
/** JSON is told from other text by reading it whole, up to this many characters. */
const jsonLimit = 4 << 20;

/**
 * The type of text by what it begins with, and for JSON by whether it is that throughout.
 * @param head the first characters
 * @param whole all of them, where they are at hand
 */
export function detectTextType(head: string, whole: string | null): string {
  const start = head.slice(beforeTag.exec(head)?.[0].length ?? 0);
  if (/^<(?:\w+:)?svg[\s>]/i.test(start)) return 'image/svg+xml';
  if (html.test(start)) return 'text/html';
  if (/^\uFEFF?\s*<\?xml\b/.test(head)) return 'application/xml';
  if (whole !== null && whole.length <= jsonLimit && /^\s*[[{"]/.test(whole) && isJson(whole))
    return 'application/json';
  return 'text/plain';
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    // Not being JSON is an answer here, not a failure.
    return false;
  }
}
