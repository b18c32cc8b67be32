import { readWavHeader, wavHeaderLimit, type WavLayout } from '../probe/wav-facts.js';
import type { Samples } from './samples.js';

/** Ends without samples when the file is no WAV of PCM or float samples. Gives the sound and nothing behind it. */
export async function* decodePcmWav(input: AsyncIterable<Uint8Array>): AsyncGenerator<Samples> {
  let rest: Buffer = Buffer.alloc(0);
  let layout: WavLayout | null = null;
  let left = Infinity;
  for await (const chunk of input) {
    rest = Buffer.concat([rest, chunk]);
    if (!layout) {
      layout = readWavHeader(rest);
      if (!layout && rest.length > wavHeaderLimit) return;
      if (!layout) continue;
      rest = rest.subarray(layout.dataAt);
      left = layout.dataBytes ?? Infinity;
    }
    const frame = layout.channels * layout.width;
    const there = Math.min(rest.length, left);
    const whole = there - (there % frame);
    if (whole > 0) yield split(rest.subarray(0, whole), layout);
    rest = rest.subarray(whole);
    left -= whole;
    if (left < frame) return;
  }
}

function split(bytes: Buffer, { channels, sampleRate, width, float }: WavLayout): Samples {
  const length = bytes.length / width / channels;
  const out = Array.from({ length: channels }, () => new Float32Array(length));
  const read = float ? floatReader(bytes, width) : reader(bytes, width);
  out.forEach((samples, channel) => {
    for (let n = 0; n < length; n++) samples[n] = read((n * channels + channel) * width);
  });
  return { channels: out, sampleRate };
}

function floatReader(bytes: Buffer, width: number): (at: number) => number {
  return width === 8 ? (at) => bytes.readDoubleLE(at) : (at) => bytes.readFloatLE(at);
}

/** WAV samples of one byte are unsigned, wider ones signed. */
function reader(bytes: Buffer, width: number): (at: number) => number {
  if (width === 1) return (at) => (bytes.readUInt8(at) - 128) / 128;
  const full = 2 ** (8 * width - 1);
  return (at) => bytes.readIntLE(at, width) / full;
}
