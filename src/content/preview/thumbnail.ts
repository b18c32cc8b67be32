import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import sharp from 'sharp';
import { AppError } from '../../errors.js';

/** A picture of more pixels than this is not unpacked: 100 megapixels take 400 MB. */
const pixelLimit = 100_000_000;

/**
 * A WebP no wider or higher than `size` pixels, turned upright, without the original's metadata, never enlarged.
 * Null when the bytes cannot be read as a picture.
 */
export async function drawThumbnail(input: Readable, size: number): Promise<Uint8Array | null> {
  const draw = sharp({ limitInputPixels: pixelLimit, sequentialRead: true })
    .rotate()
    .resize({ width: size, height: size, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 78 });
  try {
    const [bytes] = await Promise.all([draw.toBuffer(), pipeline(input, draw)]);
    return bytes;
  } catch (error) {
    // A store that fails is the caller's matter; bytes that are no picture are an answer.
    if (error instanceof AppError) throw error;
    return null;
  }
}
