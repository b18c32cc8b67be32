import { decodeAudio } from './decode-audio.js';

export interface Waveform {
  /** Seconds. */
  duration: number;
  /** The greatest deflection in each of equal stretches of time, 0 to 1. */
  peaks: number[];
}

/** Stretches of this many seconds are measured while decoding, and joined when the length is known. */
const grain = 0.005;

/**
 * The outline of a sound in `buckets` stretches, in constant memory but for 200 numbers a second.
 * Null when the type is not one that can be decoded, or nothing in it can.
 */
export async function traceWaveform(
  mimeType: string,
  input: AsyncIterable<Uint8Array>,
  buckets: number,
): Promise<Waveform | null> {
  const decoded = decodeAudio(mimeType, input);
  if (!decoded) return null;
  const grains: number[] = [];
  let position = 0;
  let sampleRate = 0;
  for await (const samples of decoded) {
    sampleRate = samples.sampleRate;
    const length = samples.channels[0]?.length ?? 0;
    for (const channel of samples.channels) measure(channel, position, grain * sampleRate, grains);
    position += length;
  }
  return position === 0 ? null : { duration: position / sampleRate, peaks: joinGrains(grains, buckets) };
}

function measure(channel: Float32Array, position: number, samplesPerGrain: number, grains: number[]): void {
  for (let at = 0; at < channel.length;) {
    const index = Math.floor((position + at) / samplesPerGrain);
    const end = Math.min(
      channel.length,
      Math.max(at + 1, Math.ceil((index + 1) * samplesPerGrain) - position),
    );
    let peak = grains[index] ?? 0;
    for (; at < end; at++) peak = Math.max(peak, Math.abs(channel[at] ?? 0));
    grains[index] = Math.min(1, peak);
  }
}

function joinGrains(grains: number[], buckets: number): number[] {
  return Array.from({ length: buckets }, (_, bucket) => {
    const from = Math.floor((bucket * grains.length) / buckets);
    const to = Math.max(from + 1, Math.floor(((bucket + 1) * grains.length) / buckets));
    return grains.slice(from, to).reduce((greatest, peak) => Math.max(greatest, peak ?? 0), 0);
  });
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
