import { z } from 'zod';
import type { Context } from '../../context.js';
import { InvalidInput } from '../../errors.js';
import type { Sha256 } from '../../model/digest.js';
import type { ContentStore } from '../content-store.js';
import { openVerified } from '../open-verified.js';
import { canonicalType, familyOf, hasReader } from '../probe/media-type.js';
import { drawThumbnail } from './thumbnail.js';
import { drawWaveform, traceWaveform, type Waveform } from './waveform.js';

/** Few sizes, so that the cache holds few files. */
export const previewSizes = [64, 128, 256, 512, 1024] as const;
export type PreviewSize = (typeof previewSizes)[number];

export interface Preview {
  mimeType: 'image/webp' | 'image/svg+xml';
  bytes: Uint8Array;
}

/** Bumped when the drawing changes, so that old files are not given out. */
const edition = 'v2';
const waveformSchema = z.object({ duration: z.number(), peaks: z.array(z.number()) });

/**
 * A small picture of content: a thumbnail of an image, the waveform of a sound. Made once, then cached.
 * @throws InvalidInput `unsupported_media_type` where there is nothing to draw,
 *   `too_large` where drawing would take too much
 * @throws NotFound when the store does not have the content, IntegrityError when it is rotten
 */
export async function makePreview(
  ctx: Pick<Context, 'content'>,
  content: { sha256: Sha256; sizeBytes: number; mimeType: string },
  size: PreviewSize,
): Promise<Preview> {
  const type = canonicalType(content.mimeType);
  if (familyOf(type) === 'image') {
    const name = `${content.sha256}-${size}-${edition}.webp`;
    const bytes = await ctx.content.memory.previews.get(name, async () =>
      drawThumbnail(await openVerified(ctx.content, content, null), {
        size,
        type,
        scratchDir: ctx.content.scratchDir,
      }),
    );
    return { mimeType: 'image/webp', bytes: bytes ?? refuse(type, hasReader(type)) };
  }
  const svg = drawWaveform(await waveformOf(ctx, content), size, Math.max(32, size / 4));
  return { mimeType: 'image/svg+xml', bytes: Buffer.from(svg) };
}

/** The number of bars, whatever the size: enough for the largest. */
const bars = 200;

/**
 * The outline of a sound, made once, then cached.
 * @throws InvalidInput, NotFound as makePreview
 */
export async function waveformOf(
  ctx: Pick<Context, 'content'>,
  content: { sha256: Sha256; sizeBytes: number; mimeType: string },
): Promise<Waveform> {
  const type = canonicalType(content.mimeType);
  const kept = await ctx.content.memory.previews.get(`${content.sha256}-${edition}.json`, async () => {
    if (familyOf(type) !== 'audio') return null;
    const found = await traceWaveform(await openVerified(ctx.content, content, null), {
      type,
      bars,
      scratchDir: ctx.content.scratchDir,
    });
    return found && Buffer.from(JSON.stringify(roundPeaks(found)));
  });
  if (!kept) return refuse(type);
  return waveformSchema.parse(JSON.parse(Buffer.from(kept).toString('utf8')));
}

function roundPeaks({ duration, peaks }: Waveform): Waveform {
  return { duration, peaks: peaks.map((peak) => Math.round(peak * 1000) / 1000) };
}

function refuse(type: string, damaged = false): never {
  const why = damaged ? `: it is damaged` : '';
  throw new InvalidInput(`there is no preview of this ${type}${why}`, [], 'unsupported_media_type');
}

/** Removes what was drawn of content in this store's scratch folder. */
export function forgetPreviews(store: ContentStore, digest: Sha256): Promise<void> {
  return store.memory.previews.forget(`${digest}-`);
}
