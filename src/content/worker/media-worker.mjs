// @ts-check
// Reads and draws media in a process of its own, started and ended by worker-lane.ts: what takes too long or breaks
// the decoder ends this process and nothing else. Plain JavaScript, so that it runs from source and beside a bundle.
import { open } from 'node:fs/promises';
import mediaInfoFactory from 'mediainfo.js';
import sharp from 'sharp';
import { traceSound } from './trace-sound.mjs';

sharp.concurrency(1);
sharp.cache(false);

/** @typedef {{ bytes: Uint8Array } | { file: string }} Bytes */

/** A larger picture is not decoded only to see whether it is whole. */
const wholenessLimit = 25_000_000;

/** @param {Bytes} source */
const inputOf = (source) => ('bytes' in source ? source.bytes : source.file);

/** @type {Promise<import('mediainfo.js').MediaInfo<'object'>> | undefined} */
let mediaInfo;

/** What MediaInfo says of every track. @param {Bytes} source */
async function readInfo(source) {
  mediaInfo ??= mediaInfoFactory({ format: 'object' });
  const reader = await mediaInfo;
  if ('bytes' in source) {
    const { bytes } = source;
    return reader.analyzeData(bytes.length, (length, from) => bytes.subarray(from, from + length));
  }
  const file = await open(source.file, 'r');
  try {
    return await reader.analyzeData((await file.stat()).size, async (length, from) => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, from);
      return buffer.subarray(0, bytesRead);
    });
  } finally {
    await file.close();
  }
}

/** Dimensions as people see the picture, and whether it can be decoded to its end. @param {Bytes} source */
async function readPicture(source) {
  const picture = sharp(inputOf(source), { limitInputPixels: false, failOn: 'none' });
  const { format, width, height, autoOrient } = await picture.metadata();
  const judged = format !== 'svg' && width * height <= wholenessLimit;
  return { ...(autoOrient ?? { width, height }), damaged: judged && !(await isWhole(source)) };
}

/** @param {Bytes} source */
async function isWhole(source) {
  try {
    await sharp(inputOf(source), { failOn: 'error' }).resize(16, 16, { fit: 'fill' }).raw().toBuffer();
    return true;
  } catch {
    // Why it cannot be decoded is the decoder's matter; that it cannot is the answer.
    return false;
  }
}

/** @param {Bytes & { size: number }} task */
async function drawThumbnail(task) {
  const input = inputOf(task);
  const described = await sharp(input, { limitInputPixels: false, failOn: 'none' }).metadata();
  if (described.width * described.height > pixelLimit(described)) throw new Error('too large');
  return sharp(input, { limitInputPixels: false, failOn: 'none', sequentialRead: true })
    .autoOrient()
    .resize({ width: task.size, height: task.size, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 78 })
    .toBuffer();
}

/**
 * How many pixels a picture may have to be drawn small: many where the decoder shrinks while it loads or goes line by
 * line, few where it unpacks the whole (4 bytes a pixel).
 * @param {import('sharp').Metadata} picture
 */
function pixelLimit({ format, isProgressive }) {
  if (format === 'svg' || format === 'webp') return Infinity;
  return (format === 'jpeg' || format === 'png') && !isProgressive ? 400_000_000 : 60_000_000;
}

/** @type {Record<string, (task: any) => Promise<unknown>>} */
const jobs = { readInfo, readPicture, drawThumbnail, traceSound };

process.on('message', (/** @type {{ job: string, task: unknown }} */ { job, task }) => {
  const work = jobs[job];
  if (!work) throw new Error(`there is no job ${job}`);
  work(task).then(
    (value) => process.send?.({ value }),
    (/** @type {unknown} */ error) =>
      process.send?.({ error: error instanceof Error ? error.message : String(error) }),
  );
});
process.on('disconnect', () => process.exit());
// Ctrl-C reaches the whole group; the parent decides when its workers end.
process.on('SIGINT', () => undefined);
// The answer to being started.
process.send?.({ value: 'listening' });
