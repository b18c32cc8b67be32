import { z } from 'zod';
import { openMediaFile, type MediaFile } from './media-file.js';
import { placeMedia, type MediaRoots } from './media-path.js';

/**
 * What became of one file reference. `stored`: its bytes are in the store; `remote`: an address elsewhere, kept as the
 * artifact's url; `contradictory`: the bytes are there, but not what the row says of them; the others: no bytes.
 */
export const fileOutcome = z.enum([
  'stored',
  'remote',
  'missing',
  'empty',
  'unreadable',
  'escapes',
  'not_a_file',
  'too_large',
  'contradictory',
]);

/** `path` is the reference as the old row has it (shortened when it is an inline image). */
export const fileReport = z.object({ path: z.string(), outcome: fileOutcome, reason: z.string().optional() });
export type FileReport = z.infer<typeof fileReport>;

/** What one reference leads to, before anything is said about its bytes. */
export type FoundMedia =
  MediaFile | { outcome: 'remote'; url: string } | { outcome: 'inline'; bytes: Uint8Array };

/** How telling a refusal is when several spellings of a reference are refused: the later in the list, the more. */
const weight = ['missing', 'unreadable', 'too_large', 'not_a_file', 'empty', 'escapes'];

/**
 * Opens what a reference of an old row means: the first of its readings that is a file of the media root.
 * When none is, the most telling refusal.
 */
export function findMedia(reference: string, roots: MediaRoots, maxBytes: number): FoundMedia {
  const place = placeMedia(reference, roots);
  if (place.outcome === 'inline') return checkInline(place.bytes, maxBytes);
  if (place.outcome !== 'local') return place;
  let worst: MediaFile | undefined = place.wayOut
    ? {
        outcome: 'escapes',
        reason: 'the path leads out of the media root; map folders that moved with --path-map',
      }
    : undefined;
  for (const candidate of roots.root === null ? [] : place.candidates) {
    const file = openMediaFile(candidate, roots.root ?? '', maxBytes);
    if (file.outcome === 'read' || file.outcome === 'large') return file;
    if (!worst || weight.indexOf(file.outcome) > weight.indexOf(worst.outcome)) worst = file;
  }
  return worst ?? { outcome: 'missing', reason: 'there is no such file' };
}

function checkInline(bytes: Uint8Array, maxBytes: number): FoundMedia {
  if (bytes.length === 0) return { outcome: 'empty', reason: 'the data: address has no bytes' };
  if (bytes.length > maxBytes)
    return { outcome: 'too_large', reason: `${bytes.length} bytes; the limit is ${maxBytes}` };
  return { outcome: 'inline', bytes };
}
