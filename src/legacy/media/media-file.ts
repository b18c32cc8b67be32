import {
  closeSync,
  constants,
  createReadStream,
  fstatSync,
  lstatSync,
  openSync,
  readFileSync,
  readlinkSync,
  realpathSync,
} from 'node:fs';
import type { Stats } from 'node:fs';
import type { Readable } from 'node:stream';
import { codeOf } from '../../errors.js';
import { reasonOf } from '../source/file-trouble.js';
import { isInside } from './media-path.js';

/** Why a reference has no bytes. Of several spellings of it that are refused, the later in this list is the more telling. */
export const fileRefusals = ['missing', 'unreadable', 'too_large', 'not_a_file', 'empty', 'escapes'] as const;
type FileRefusal = (typeof fileRefusals)[number];
export type Refused = { outcome: FileRefusal; reason: string };

/** A file of the media root, read or ready to be read; the stream must be consumed or destroyed. */
export type MediaFile =
  | { outcome: 'read'; path: string; bytes: Uint8Array }
  | { outcome: 'large'; path: string; sizeBytes: number; stream: Readable }
  | Refused;

/** Up to this size a file is read at once; larger ones are streamed. */
const atOnceBytes = 1 << 20;

export const refusal = (outcome: FileRefusal, reason: string): Refused => ({ outcome, reason });

/** Why so many bytes are not taken; null when they are. @param what has them */
export function refusalBySize(sizeBytes: number, maxBytes: number, what: string): Refused | null {
  if (sizeBytes === 0) return refusal('empty', `${what} has no bytes`);
  return sizeBytes > maxBytes ? refusal('too_large', `${sizeBytes} bytes; the limit is ${maxBytes}`) : null;
}

/**
 * Opens a regular file below the media root, and nothing else: links are resolved first and must stay inside, devices,
 * pipes and folders are never opened, and what was opened is compared with what was looked at, so that a path that is
 * swapped in between cannot lead out. A hard link is a file of the folder that it is in.
 * @param candidate absolute
 * @param root absolute, links resolved
 */
export function openMediaFile(candidate: string, root: string, maxBytes: number): MediaFile {
  try {
    const path = realpathSync.native(candidate);
    if (!isInside(path, root)) return refusal('escapes', 'a link leads out of the media root');
    const seen = lstatSync(path);
    if (!seen.isFile()) return refusal('not_a_file', `it is ${kindOf(seen)}`);
    const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
    const descriptor = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    let file: MediaFile | undefined;
    try {
      const opened = fstatSync(descriptor);
      const isSame = opened.isFile() && opened.ino === seen.ino && opened.dev === seen.dev;
      if (!isSame || !isStillInside(descriptor, root))
        return refusal('escapes', 'the path changed while it was being opened');
      const refused = refusalBySize(opened.size, maxBytes, 'the file');
      return (file = refused ?? readOpened(descriptor, path, opened.size));
    } finally {
      if (file?.outcome !== 'large') closeSync(descriptor);
    }
  } catch (error) {
    return refuseFor(error);
  }
}

/** A small file's bytes; of a large one a stream, which closes the descriptor. */
function readOpened(descriptor: number, path: string, sizeBytes: number): MediaFile {
  if (sizeBytes > atOnceBytes) {
    const stream = createReadStream(path, { fd: descriptor, start: 0, highWaterMark: 1 << 20 });
    return { outcome: 'large', path, sizeBytes, stream };
  }
  const bytes = readFileSync(descriptor);
  return bytes.length === sizeBytes
    ? { outcome: 'read', path, bytes }
    : refusal('unreadable', 'the file changed while it was being read');
}

/** Where the system tells the path of a descriptor (Linux), a folder swapped for a link does not go unnoticed. */
function isStillInside(descriptor: number, root: string): boolean {
  try {
    return isInside(readlinkSync(`/proc/self/fd/${descriptor}`), root);
  } catch {
    // No /proc here: the comparison of device and inode has to do.
    return true;
  }
}

function kindOf(stats: Stats): string {
  if (stats.isDirectory()) return 'a folder';
  if (stats.isFIFO()) return 'a named pipe';
  if (stats.isSocket()) return 'a socket';
  return 'a device';
}

function refuseFor(error: unknown): Refused {
  const code = codeOf(error) ?? '';
  // The machine's trouble, not the file's: the import must stop and be resumed.
  if (['EMFILE', 'ENFILE'].includes(code)) throw error;
  return refusal(['ENOENT', 'ENOTDIR'].includes(code) ? 'missing' : 'unreadable', reasonOf(error));
}
