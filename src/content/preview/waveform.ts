import type { Readable } from 'node:stream';
import { z } from 'zod';
import { InvalidInput } from '../../errors.js';
import { bareBytes } from '../probe/read-range.js';
import { findWavLayout } from '../probe/wav-facts.js';
import { receiveContent } from '../receive-content.js';
import { soundLane } from '../worker/media-lanes.js';
import { WorkFailed } from '../worker/worker-lane.js';

export interface Waveform {
  /** Seconds. */
  duration: number;
  /** The greatest deflection in each of equal stretches of time, 0 to 1. */
  peaks: number[];
}

/** More bytes are not decoded for an outline. */
const bytesLimit = 2 ** 31;
const decodable = ['audio/wav', 'audio/mpeg', 'audio/ogg'];
const outline = z.object({ duration: z.number(), peaks: z.array(z.number()) }).nullable();

/**
 * The outline of a sound in `bars` stretches: PCM WAV, MP3, Ogg Vorbis and Ogg Opus. Null when the type is not one that
 * can be decoded, or nothing in it can.
 * @param type canonical
 * @throws InvalidInput `too_large` when decoding would take too much or too long
 */
export async function traceWaveform(
  input: Readable,
  { type, bars, scratchDir }: { type: string; bars: number; scratchDir: string },
): Promise<Waveform | null> {
  if (!decodable.includes(type)) {
    input.destroy();
    return null;
  }
  const received = await receiveContent(input, { scratchDir, maxBytes: bytesLimit });
  const source = bareBytes(received);
  try {
    const layout = type === 'audio/wav' ? await findWavLayout(source) : null;
    if (type === 'audio/wav' && !layout) return null;
    return await soundLane.run('traceSound', { ...source, type, layout, bars }, outline);
  } catch (error) {
    if (!(error instanceof WorkFailed)) throw error;
    if (error.reason !== 'refused')
      throw new InvalidInput(`the ${type} is too large to draw a preview of it`, [], 'too_large');
    return null;
  } finally {
    await received.discard();
  }
}

/** Bars around a middle line, in the colour of the text around it (`currentColor`). Pixels. */
export function drawWaveform({ peaks }: Waveform, width: number, height: number): string {
  const step = width / peaks.length;
  const middle = height / 2;
  const bars = peaks
    .map((peak, n) => {
      const half = Math.max(0.5, peak * (middle - 1));
      return `M${(n * step).toFixed(2)} ${(middle - half).toFixed(2)}v${(2 * half).toFixed(2)}`;
    })
    .join('');
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" ` +
    `color="#5b6b8c"><path d="${bars}" stroke="currentColor" stroke-width="${(step * 0.7).toFixed(2)}" ` +
    `stroke-linecap="round" fill="none"/></svg>`
  );
}
