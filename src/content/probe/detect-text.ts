import { skipProlog } from './svg-text.js';

const html = /^<(?:html|head|body|script|iframe|style|title|table|a|h[1-6]|div|p|br|img)\b/i;
const svg = /^<(?:[\w.-]+:)?svg[\s/>]/;

/**
 * The type of text by what it begins with, and for JSON by whether it is that throughout.
 * @param head the first characters, without a byte-order mark
 * @param whole all of them, where they are at hand
 * @param declared the sender's word, canonical: a number alone is JSON for whom calls it so, and for nobody else
 */
export function detectTextType(head: string, whole: string | null, declared: string): string {
  const text = head.trimStart();
  const rootAt = skipProlog(text);
  const root = text.slice(rootAt, rootAt + 100);
  if (/^<!doctype\s+html\b/i.test(text)) return 'text/html';
  if (svg.test(root)) return 'image/svg+xml';
  const isXml = /^<\?xml\b/.test(text);
  if ((isXml ? /^<html\b/ : html).test(root)) return 'text/html';
  if (isXml) return 'application/xml';
  if (isJson(text, whole, declared === 'application/json')) return 'application/json';
  if (/^%PDF-\d\.\d/.test(text) && /\bstartxref\s+\d+\s+%%EOF\s*$/.test(text.slice(-200)))
    return 'application/pdf';
  return 'text/plain';
}

/** What is too long to be looked at whole is JSON where it is called so and begins like it. */
function isJson(text: string, whole: string | null, declared: boolean): boolean {
  const begins = /^[[{"]/.test(text);
  if (whole === null) return begins && declared;
  if (!begins && !declared) return false;
  try {
    JSON.parse(whole);
    return true;
  } catch {
    // Not being JSON is an answer here, not a failure.
    return false;
  }
}
