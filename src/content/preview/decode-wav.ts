import type { Samples } from './samples.js';

interface Layout {
  channels: number;
  sampleRate: number;
  /** Bytes of one sample of one channel. */
  width: number;
  float: boolean;
}

/** The header must be within this many bytes: larger chunks before the sound are not read for it. */
const headerLimit = 1 << 20;

/** Ends without samples when the file is not PCM or float WAV. */
export async function* decodePcmWav(input: AsyncIterable<Uint8Array>): AsyncGenerator<Samples> {
  let rest = Buffer.alloc(0);
  let layout: Layout | null = null;
  for await (const chunk of input) {
    rest = Buffer.concat([rest, chunk]);
    if (!layout) {
      const found = readHeader(rest);
      if (!found && rest.length > headerLimit) return;
      if (!found) continue;
      layout = found.layout;
      rest = rest.subarray(found.dataAt);
    }
    const frame = layout.channels * layout.width;
    const whole = rest.length - (rest.length % frame);
    yield split(rest.subarray(0, whole), layout);
    rest = rest.subarray(whole);
  }
}

function readHeader(bytes: Buffer): { layout: Layout; dataAt: number } | null {
  let layout: Layout | null = null;
  for (let at = 12; at + 8 <= bytes.length;) {
    const [name, size] = [bytes.toString('latin1', at, at + 4), bytes.readUInt32LE(at + 4)];
    if (name === 'data') return layout && { layout, dataAt: at + 8 };
    if (name === 'fmt ' && at + 24 <= bytes.length) layout = readLayout(bytes, at + 8);
    at += 8 + size + (size % 2);
  }
  return null;
}

function readLayout(bytes: Buffer, at: number): Layout | null {
  const format = bytes.readUInt16LE(at);
  const layout = {
    channels: bytes.readUInt16LE(at + 2),
    sampleRate: bytes.readUInt32LE(at + 4),
    width: bytes.readUInt16LE(at + 14) / 8,
    float: format === 3,
  };
  const known = layout.float
    ? layout.width === 4
    : [1, 3, 0xfffe].includes(format) && [1, 2, 3, 4].includes(layout.width);
  return known && layout.channels > 0 && layout.sampleRate > 0 ? layout : null;
}

function split(bytes: Buffer, { channels, sampleRate, width, float }: Layout): Samples {
  const length = bytes.length / width / channels;
  const out = Array.from({ length: channels }, () => new Float32Array(length));
  const read = float ? (at: number) => bytes.readFloatLE(at) : reader(bytes, width);
  out.forEach((samples, channel) => {
    for (let n = 0; n < length; n++) samples[n] = read((n * channels + channel) * width);
  });
  return { channels: out, sampleRate };
}

/** WAV samples of one byte are unsigned, wider ones signed. */
function reader(bytes: Buffer, width: number): (at: number) => number {
  if (width === 1) return (at) => (bytes.readUInt8(at) - 128) / 128;
  const full = 2 ** (8 * width - 1);
  return (at) => bytes.readIntLE(at, width) / full;
}
