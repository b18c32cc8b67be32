const html = /^<(?:html|head|body|script|iframe|style|title|table|a|h[1-6]|div|p|br|img)\b/i;
const svg = /^<(?:[\w.-]+:)?svg[\s/>]/;

/**
 * The type of text by what it begins with, and for JSON by whether it is that throughout.
 * @param head the first characters, without a byte-order mark
 * @param whole all of them, where they are at hand
 */
export function detectTextType(head: string, whole: string | null): string {
  const text = (whole ?? head).trimStart();
  const rootAt = skipProlog(text);
  const root = text.slice(rootAt, rootAt + 100);
  if (svg.test(root)) return 'image/svg+xml';
  if (/^<!doctype\s+html\b/i.test(text) || html.test(root)) return 'text/html';
  if (/^<\?xml\b/.test(text)) return 'application/xml';
  if (whole !== null && /^[[{"]/.test(text) && isJson(whole)) return 'application/json';
  if (/^%PDF-\d\.\d/.test(text) && /\bstartxref\s+\d+\s+%%EOF\s*$/.test(text.slice(-200)))
    return 'application/pdf';
  return 'text/plain';
}

/**
 * Where the root element begins: after the XML declaration, comments, instructions and the document type with its
 * subset (XML 1.0, production 22). The end of the text where a part of it is not closed.
 */
function skipProlog(text: string): number {
  for (let at = 0; ;) {
    while (/\s/.test(text.charAt(at))) at++;
    if (text.startsWith('<?', at)) at = after(text, '?>', at);
    else if (text.startsWith('<!--', at)) at = after(text, '-->', at);
    else if (/^<!doctype\b/i.test(text.slice(at, at + 10))) at = skipDocumentType(text, at + 9);
    else return at;
  }
}

const closings: Readonly<Record<string, string>> = { '"': '"', "'": "'", '<!--': '-->', '<?': '?>' };

/** XML 1.0, production 28: literals, comments and instructions inside may hold any bracket. */
function skipDocumentType(text: string, from: number): number {
  const mark = /["'[\]>]|<!--|<\?/g;
  mark.lastIndex = from;
  let inSubset = false;
  for (let found = mark.exec(text); found; found = mark.exec(text)) {
    const closing = closings[found[0]];
    if (closing) mark.lastIndex = after(text, closing, mark.lastIndex);
    else if (found[0] === '>' && !inSubset) return mark.lastIndex;
    else if (found[0] !== '>') inSubset = found[0] === '[';
  }
  return text.length;
}

function after(text: string, closing: string, from: number): number {
  const at = text.indexOf(closing, from);
  return at < 0 ? text.length : at + closing.length;
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
