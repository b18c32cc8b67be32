import contentDisposition from 'content-disposition';
import fresh from 'fresh';
import type { Sha256 } from '../model/digest.js';
import { cutText } from '../model/text.js';
import type { ByteRange } from './content-store.js';
import { canonicalType, extensionOf } from './probe/media-type.js';

/** What is delivered. */
export interface Delivered {
  sha256: Sha256;
  sizeBytes: number;
  mimeType: string;
  /** A name for saving it; one is made from the digest when absent. */
  fileName?: string | undefined;
  /** Named beside a type of text; none where it is absent. */
  charset?: string | null;
}

/** The request's conditions, as the client sent them (RFC 9110, 13.1 and 14.2). `range` is a matter of GET alone. */
export interface Conditions {
  range?: string | undefined;
  ifRange?: string | undefined;
  ifNoneMatch?: string | undefined;
}

export interface DeliveryPlan {
  status: 200 | 206 | 304 | 416;
  headers: Record<string, string>;
  /** The part to send; null for all of it (200) or nothing (304, 416). */
  range: ByteRange | null;
}

/** Media that a browser shows without running anything. Everything else is saved, not opened. */
const shown = new Set([
  ...['png', 'apng', 'jpeg', 'gif', 'webp', 'avif', 'bmp', 'x-icon', 'tiff', 'heic', 'heif', 'jxl'].map(
    (name) => `image/${name}`,
  ),
  ...['mpeg', 'wav', 'ogg', 'mp4', 'aac', 'flac', 'webm', 'aiff', 'matroska'].map((name) => `audio/${name}`),
  ...['mp4', 'webm', 'ogg', 'quicktime', 'matroska', '3gpp', 'mpeg'].map((name) => `video/${name}`),
  'text/plain',
  'application/json',
]);

/** Should something active be opened after all, it may load and run nothing, and has no origin. */
const policy = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox";

/**
 * Headers under which bytes of unknown origin may be given to a browser: never interpreted as anything but their
 * type, never active in the service's origin.
 */
export function safeHeaders({ sha256, mimeType, fileName, charset: named }: Omit<Delivered, 'sizeBytes'>) {
  const type = canonicalType(mimeType);
  const name = plainName(fileName) || `${sha256.slice(0, 12)}.${extensionOf(type)}`;
  const charset = type.startsWith('text/') && named ? `; charset=${named}` : '';
  return {
    'content-type': type + charset,
    'content-disposition': contentDisposition(name, {
      type: shown.has(type) ? 'inline' : 'attachment',
      fallback: asciiName(name),
    }),
    'x-content-type-options': 'nosniff',
    'content-security-policy': policy,
    'cross-origin-resource-policy': 'same-site',
    'referrer-policy': 'no-referrer',
  };
}

/** A name without folders and control characters, cut between characters; empty where nothing but dots is left. */
function plainName(fileName = ''): string {
  const last = (fileName.split(/[/\\]/).pop() ?? '').replace(/\p{Cc}/gu, '').toWellFormed();
  return /^\.+$/.test(last) ? '' : cutText(last, 200);
}

/** The name for clients that know ASCII alone (RFC 6266, 4.3); quotes and escapes confuse some of them. */
function asciiName(name: string): string {
  return name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
}

/**
 * How a GET of content is answered. The digest is the strong ETag: bytes under one artifact never change, so a
 * client that has them is answered with 304 and asks again each time, as access may end.
 */
export function planDelivery(content: Delivered, conditions: Conditions): DeliveryPlan {
  const etag = `"${content.sha256}"`;
  const headers = {
    ...safeHeaders(content),
    etag,
    'accept-ranges': 'bytes',
    'cache-control': 'private, no-cache',
  };
  if (fresh({ 'if-none-match': conditions.ifNoneMatch }, { etag })) {
    return { status: 304, headers, range: null };
  }
  const ranged = conditions.ifRange === undefined || conditions.ifRange.trim() === etag;
  const range = ranged && conditions.range ? parseRange(conditions.range, content.sizeBytes) : null;
  if (range === 'unsatisfiable') {
    const none = { ...headers, 'content-range': `bytes */${content.sizeBytes}`, 'content-length': '0' };
    return { status: 416, headers: none, range: null };
  }
  if (!range)
    return { status: 200, headers: { ...headers, 'content-length': String(content.sizeBytes) }, range: null };
  const part = {
    'content-range': `bytes ${range.start}-${range.end}/${content.sizeBytes}`,
    'content-length': String(range.end - range.start + 1),
  };
  return { status: 206, headers: { ...headers, ...part }, range };
}

/**
 * RFC 9110, 14.1.2: one range of bytes, `first-last`, `first-` or `-length`. Null for a header to be ignored (another
 * unit, wrong form, several ranges: a server may then send everything).
 */
export function parseRange(header: string, sizeBytes: number): ByteRange | 'unsatisfiable' | null {
  const form = /^\s*bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*$/i.exec(header);
  const [, first = '', last = ''] = form ?? [];
  if (!form || (first === '' && last === '')) return null;
  if (first === '') {
    const length = Math.min(Number(last), sizeBytes);
    return length === 0 ? 'unsatisfiable' : { start: sizeBytes - length, end: sizeBytes - 1 };
  }
  const start = Number(first);
  if (last !== '' && Number(last) < start) return null;
  if (start >= sizeBytes) return 'unsatisfiable';
  return { start, end: last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1) };
}
