import { decodeAudio } from './decode-audio.js';

export interface Waveform {
  /** Seconds. */
  duration: number;
  /** The greatest deflection in each of equal stretches of time, 0 to 1. */
  peaks: number[];
}

/**
 * The outline of a sound in `buckets` stretches, in constant memory whatever its length and sample rate.
 * Null when the type is not one that can be decoded, or nothing in it can.
 */
export async function traceWaveform(
  mimeType: string,
  input: AsyncIterable<Uint8Array>,
  buckets: number,
): Promise<Waveform | null> {
  const decoded = decodeAudio(mimeType, input);
  if (!decoded) return null;
  const outline = new Outline();
  let sampleRate = 0;
  for await (const samples of decoded) {
    sampleRate = samples.sampleRate;
    outline.add(samples.channels);
  }
  if (outline.length === 0) return null;
  return { duration: outline.length / sampleRate, peaks: outline.peaks(buckets) };
}

/** So many stretches are kept while the length is not known yet; when they are full, neighbours are joined. */
const stretchLimit = 8192;

/** The greatest deflection in each of equal stretches of samples. */
class Outline {
  length = 0;
  readonly #peaks = new Float32Array(stretchLimit);
  /** Samples in a stretch. */
  #span = 1;

  add(channels: readonly Float32Array[]): void {
    const added = channels[0]?.length ?? 0;
    while (this.length + added > this.#span * stretchLimit) this.#join();
    for (const channel of channels) this.#measure(channel);
    this.length += added;
  }

  /** Each of the asked stretches holds at least one of the kept. */
  peaks(buckets: number): number[] {
    const kept = Math.ceil(this.length / this.#span);
    return Array.from({ length: buckets }, (_, bucket) => {
      const from = Math.floor((bucket * kept) / buckets);
      const to = Math.max(from + 1, Math.floor(((bucket + 1) * kept) / buckets));
      return Math.min(
        1,
        this.#peaks.subarray(from, to).reduce((one, other) => Math.max(one, other), 0),
      );
    });
  }

  #measure(channel: Float32Array): void {
    for (let at = 0; at < channel.length; at++) {
      const stretch = Math.floor((this.length + at) / this.#span);
      const deflection = Math.abs(channel[at] ?? 0);
      if (deflection > (this.#peaks[stretch] ?? 0)) this.#peaks[stretch] = deflection;
    }
  }

  #join(): void {
    for (let at = 0; at < stretchLimit / 2; at++) {
      this.#peaks[at] = Math.max(this.#peaks[2 * at] ?? 0, this.#peaks[2 * at + 1] ?? 0);
    }
    this.#peaks.fill(0, stretchLimit / 2);
    this.#span *= 2;
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
