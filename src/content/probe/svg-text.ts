/**
 * Where the root element begins: after the XML declaration, comments, instructions and the document type with its
 * subset (XML 1.0, production 22). The end of the text where a part of it is not closed.
 */
export function skipProlog(text: string): number {
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

/**
 * An SVG without all that is drawn in it: its prolog and the tag of its root, which says how large it is. Null where the
 * tag is not at hand.
 */
export function frameOfSvg(text: string): string | null {
  const at = skipProlog(text);
  const tag = /^<(?:[^"'>]|"[^"]*"|'[^']*')+>/.exec(text.slice(at, at + 65_536))?.[0];
  return tag === undefined ? null : text.slice(0, at) + tag.replace(/\/?>$/, '/>');
}

/** A frame within another that has a size: an SVG need not state any, and its reader refuses one that has none. */
export function withSize(frame: string): string {
  const at = skipProlog(frame);
  const outer = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1">';
  return `${frame.slice(0, at)}${outer}${frame.slice(at)}</svg>`;
}

/** Whether an SVG ends before its root does. */
export function endsInsideSvg(text: string): boolean {
  const frame = frameOfSvg(text);
  return (
    frame === null ||
    !(text.startsWith(frame) || /<\/(?:[\w.-]+:)?svg\s*>/.test(text.slice(frame.length - 1)))
  );
}

/** What a prolog is made of, each part up to its own end, so that however many there are, each character is read once. */
const prologParts =
  /<!--[^]*?-->|<\?[^]*?\?>|<!ENTITY\b[^"'<>]*(?:(?:"[^"]*"|'[^']*')[^"'<>]*)*>|"[^"]*"|'[^']*'|%[\w:.-]+;/g;

/** Nothing of an entity that stands for another file (XML 1.0, 4.2.2), and no declaration that may bring others. */
function withoutFiles(part: string): string {
  if (part.startsWith('"') || part.startsWith("'")) return part;
  const [, name, file] = /^<!ENTITY\s+([^\s%"']+)\s+(SYSTEM\s|PUBLIC\s)?/.exec(part) ?? [];
  if (name === undefined) return '';
  return file === undefined ? part : `<!ENTITY ${name} "">`;
}

/** An SVG as its reader expects it: UTF-8, with the tag told within the first thousand bytes, and of one file. */
export function plainSvg(text: string): Uint8Array {
  const given = text.trimStart();
  const rootAt = skipProlog(given);
  const prolog = given.slice(0, rootAt).replace(prologParts, withoutFiles);
  return Buffer.from(`<!--<svg -->${prolog}${given.slice(rootAt)}`);
}
