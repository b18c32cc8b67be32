import { z } from 'zod';
import { fileRefusals, openMediaFile, refusal, refusalBySize, type MediaFile } from './media-file.js';
import { placeMedia, type MediaRoots } from './media-path.js';

/**
 * What became of one file reference. `stored`: its bytes are in the store; `remote`: an address elsewhere, kept as the
 * artifact's url; `contradictory`: the bytes are there, but not what the row says of them; the others: no bytes.
 */
export const fileOutcome = z.enum(['stored', 'remote', ...fileRefusals, 'contradictory']);

/** `path` is the reference as the old row has it (shortened when it is an inline image). */
export const fileReport = z.object({ path: z.string(), outcome: fileOutcome, reason: z.string().optional() });
export type FileReport = z.infer<typeof fileReport>;

export type Inline = { outcome: 'inline'; bytes: Uint8Array };
/** What one reference leads to, before anything is said about its bytes. */
type FoundMedia = MediaFile | Inline | { outcome: 'remote'; url: string };

/**
 * Opens what a reference of an old row means: the first of its readings that is a file of the media root.
 * When none is, the most telling refusal.
 */
export function findMedia(reference: string, roots: MediaRoots, maxBytes: number): FoundMedia {
  const place = placeMedia(reference, roots);
  if (place.outcome === 'inline')
    return refusalBySize(place.bytes.length, maxBytes, 'the data: address') ?? place;
  if (place.outcome !== 'local') return place;
  let worst = place.wayOut
    ? refusal('escapes', 'the path leads out of the media root; map folders that moved with --path-map')
    : refusal('missing', 'there is no such file');
  for (const candidate of roots.root === null ? [] : place.candidates) {
    const file = openMediaFile(candidate, roots.root ?? '', maxBytes);
    if (!('reason' in file)) return file;
    if (fileRefusals.indexOf(file.outcome) > fileRefusals.indexOf(worst.outcome)) worst = file;
  }
  return worst;
}
