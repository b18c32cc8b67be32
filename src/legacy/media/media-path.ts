import { isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the old system's files are now. */
export interface MediaRoots {
  /** The folder that the old system served as /data, with links resolved; null when there is none. */
  readonly root: string | null;
  /** Beginnings of paths as the old machine wrote them, and the folder each stands for here. */
  readonly pathMaps: readonly { from: string; to: string }[];
}

/**
 * What a reference in an old row turns out to mean: `candidates` are absolute paths to try in order, and `wayOut` is true
 * when one reading of it leaves the media root.
 */
export type MediaPlace =
  | { outcome: 'remote'; url: string }
  | { outcome: 'inline'; bytes: Uint8Array }
  | { outcome: 'unreadable'; reason: string }
  | { outcome: 'local'; candidates: string[]; wayOut: boolean };

const unreadable = (reason: string): MediaPlace => ({ outcome: 'unreadable', reason });

const withScheme = /^[a-z][a-z0-9+.-]+:\/\//i;
/** `//cdn.example.com/cover.png`: the scheme of the page that shows it. */
const schemeRelative = /^\/\/[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?\//i;
const windowsDrive = /^[a-z]:[\\/]/i;

/** Finds out what a reference means without touching the file system. */
export function placeMedia(reference: string, roots: MediaRoots): MediaPlace {
  const text = reference.trim();
  if (/^data:/i.test(text)) return inlineMedia(text);
  if (text.includes('\0')) return unreadable('the path contains a NUL character');
  if (/^file:\/\//i.test(text)) {
    const path = orNull(() => fileURLToPath(text));
    return path === null ? unreadable('the file: address names no local file') : localMedia([path], roots);
  }
  if (withScheme.test(text) || schemeRelative.test(text)) return { outcome: 'remote', url: text };
  return localMedia(spellings(text), roots);
}

function inlineMedia(text: string): MediaPlace {
  const comma = text.indexOf(',');
  if (comma < 0) return unreadable('the data: address has no data');
  const isBase64 = /;\s*base64\s*$/i.test(text.slice(0, comma));
  const written = text.slice(comma + 1);
  const data = orNull(() => decodeURIComponent(written)) ?? written;
  return { outcome: 'inline', bytes: Buffer.from(data, isBase64 ? 'base64' : 'utf8') };
}

/** What a text says in a notation; null for one that is not written in it. */
function orNull(decode: () => string): string | null {
  try {
    return decode();
  } catch {
    return null;
  }
}

/**
 * The ways to read one reference, likeliest first: an address is decoded and has a query, a path is taken as it stands
 * (a file name may hold % and ?), and either may have been written with Windows separators.
 */
function spellings(text: string): string[] {
  const withoutQuery = text.replace(/[?#].*$/s, '');
  const decoded = orNull(() => decodeURIComponent(withoutQuery));
  const isAddress = text.startsWith('/data/');
  const basic = isAddress ? [decoded, withoutQuery, text] : [text, withoutQuery, decoded];
  const all = basic.filter((spelling) => spelling !== null).filter((spelling) => !spelling.includes('\0'));
  return [...new Set([...all, ...all.map(slashed)])].filter((spelling) => spelling !== '');
}

const slashed = (path: string) => path.replaceAll('\\', '/');

function localMedia(paths: string[], roots: MediaRoots): MediaPlace {
  const { root } = roots;
  if (paths.length === 0) return unreadable('the reference names nothing');
  if (root === null) return unreadable('there is no media root to look in; name it with --media-root');
  const inside = new Set<string>();
  let wayOut = false;
  for (const path of paths.flatMap((spelling) => placements(spelling, root, roots))) {
    if (isInside(path, root)) inside.add(path);
    else wayOut = true;
  }
  return { outcome: 'local', candidates: [...inside], wayOut };
}

/** Absolute paths that a spelling may stand for. */
function placements(path: string, root: string, { pathMaps }: MediaRoots): string[] {
  const mapped = pathMaps.map((map) => mapPath(path, map)).find((found) => found !== null);
  if (mapped !== undefined) return [resolve(mapped)];
  if (path.startsWith('/data/')) {
    const address = resolve(join(root, path.slice('/data/'.length)));
    const asPath = resolve(path);
    return isInside(asPath, root) ? [asPath, address] : [address];
  }
  if (isAbsolute(path) || windowsDrive.test(path)) return [resolve(path)];
  const relative = path.replace(/^(\.\/)+/, '');
  return relative.startsWith('data/')
    ? [resolve(root, relative.slice('data/'.length)), resolve(root, relative)]
    : [resolve(root, relative)];
}

function mapPath(path: string, { from, to }: { from: string; to: string }): string | null {
  const start = slashed(from).replace(/\/+$/, '');
  const whole = slashed(path);
  if (whole !== start && !whole.startsWith(`${start}/`)) return null;
  return join(to, whole.slice(start.length));
}

/** True for a path strictly below the folder; both absolute and normalized. */
export function isInside(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}
