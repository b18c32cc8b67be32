import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { InvalidInput } from '../../errors.js';
import { bareBytes } from '../probe/read-range.js';
import { plainSvg } from '../probe/svg-text.js';
import { readText } from '../probe/text-facts.js';
import { receiveContent } from '../receive-content.js';
import { drawingLane } from '../worker/media-lanes.js';
import { WorkFailed } from '../worker/worker-lane.js';

/** More bytes are not decoded for a small picture. */
const bytesLimit = 256 << 20;
const picture = z.instanceof(Uint8Array);

/**
 * A WebP no wider or higher than `size` pixels, turned upright, without the original's metadata, never enlarged; of a
 * picture that is cut short, what is there. Null when the bytes cannot be read as a picture.
 * @throws InvalidInput `too_large` when drawing would take too much or too long
 */
export async function drawThumbnail(
  input: Readable,
  { size, type, scratchDir }: { size: number; type: string; scratchDir: string },
): Promise<Uint8Array | null> {
  const received = await receiveContent(input, { scratchDir, maxBytes: bytesLimit });
  const source = bareBytes(received);
  try {
    const drawn = type === 'image/svg+xml' ? await svgSource(source) : source;
    return await drawingLane.run('drawThumbnail', { ...drawn, size }, picture);
  } catch (error) {
    if (!(error instanceof WorkFailed)) throw error;
    const tooMuch = error.reason !== 'refused' || error.message === 'too large';
    if (tooMuch) throw new InvalidInput(`the ${type} is too large to draw a preview of it`, [], 'too_large');
    return null;
  } finally {
    await received.discard();
  }
}

async function svgSource(source: { bytes: Uint8Array } | { file: string }) {
  const text = await readText('bytes' in source ? [source.bytes] : createReadStream(source.file));
  return text?.whole ? { bytes: plainSvg(text.whole) } : source;
}
