// @ts-check
// The outline of a sound, in constant memory whatever its length and sample rate. Runs in the media worker.
import { createReadStream } from 'node:fs';

/** @typedef {{ channels: Float32Array[], sampleRate: number }} Samples */
/** @typedef {import('../probe/wav-facts.js').WavLayout} WavLayout */
/**
 * @typedef {object} Decoder
 * @property {Promise<void>} ready
 * @property {(bytes: Uint8Array) => Decoded | Promise<Decoded>} decode
 * @property {() => Promise<Decoded>} [flush]
 * @property {() => void} free
 */
/** @typedef {{ channelData: Float32Array[], sampleRate: number }} Decoded */

/** A decoder gets so many bytes at once: 4 kB of Opus can hold minutes of sound, all of it unpacked by one call. */
const pieceBytes = 4096;

/**
 * Null when the type is not one that can be decoded, or nothing in it can.
 * @param {({ bytes: Uint8Array } | { file: string }) & { type: string, layout: WavLayout | null, bars: number }} task
 */
export async function traceSound({ type, layout, bars, ...source }) {
  const outline = new Outline();
  let sampleRate = 0;
  for await (const samples of layout ? decodeWav(source, layout) : decodePacked(source, type)) {
    sampleRate = samples.sampleRate;
    outline.add(samples.channels);
  }
  return outline.length === 0 ? null : { duration: outline.length / sampleRate, peaks: outline.peaks(bars) };
}

/**
 * @param {{ bytes: Uint8Array } | { file: string }} source
 * @param {{ from?: number, size: number }} options
 * @returns {AsyncGenerator<Buffer>}
 */
async function* piecesOf(source, { from = 0, size }) {
  if ('file' in source) yield* createReadStream(source.file, { start: from, highWaterMark: size });
  else
    for (let at = from; at < source.bytes.length; at += size)
      yield Buffer.from(source.bytes.subarray(at, at + size));
}

/**
 * PCM WAV, the sound and nothing behind it.
 * @param {{ bytes: Uint8Array } | { file: string }} source
 * @param {WavLayout} layout
 * @returns {AsyncGenerator<Samples>}
 */
async function* decodeWav(source, layout) {
  const frame = layout.channels * layout.width;
  let rest = Buffer.alloc(0);
  let left = layout.dataBytes ?? Infinity;
  for await (const piece of piecesOf(source, { from: layout.dataAt, size: Math.max(1 << 16, frame) })) {
    rest = Buffer.concat([rest, piece]);
    const there = Math.min(rest.length, left);
    const whole = there - (there % frame);
    if (whole > 0) yield split(rest.subarray(0, whole), layout);
    rest = rest.subarray(whole);
    left -= whole;
    if (left < frame) return;
  }
}

/** @param {Buffer} bytes @param {WavLayout} layout @returns {Samples} */
function split(bytes, layout) {
  const { channels, sampleRate, width } = layout;
  const length = bytes.length / width / channels;
  const out = Array.from({ length: channels }, () => new Float32Array(length));
  const read = layout.float ? floatReader(bytes, layout) : reader(bytes, layout);
  out.forEach((samples, channel) => {
    for (let n = 0; n < length; n++) samples[n] = read((n * channels + channel) * width);
  });
  return { channels: out, sampleRate };
}

/** @param {Buffer} bytes @param {WavLayout} layout @returns {(at: number) => number} */
function floatReader(bytes, { width, bigEndian }) {
  if (bigEndian) return width === 8 ? (at) => bytes.readDoubleBE(at) : (at) => bytes.readFloatBE(at);
  return width === 8 ? (at) => bytes.readDoubleLE(at) : (at) => bytes.readFloatLE(at);
}

/**
 * WAV samples of one byte are unsigned, wider ones signed.
 * @param {Buffer} bytes
 * @param {WavLayout} layout
 * @returns {(at: number) => number}
 */
function reader(bytes, { width, bigEndian }) {
  if (width === 1) return (at) => (bytes.readUInt8(at) - 128) / 128;
  const full = 2 ** (8 * width - 1);
  if (bigEndian) return (at) => bytes.readIntBE(at, width) / full;
  return (at) => bytes.readIntLE(at, width) / full;
}

/**
 * MP3, Ogg Vorbis and Ogg Opus; the decoders are WebAssembly.
 * @param {{ bytes: Uint8Array } | { file: string }} source
 * @param {string} type
 * @returns {AsyncGenerator<Samples>}
 */
async function* decodePacked(source, type) {
  /** @type {Decoder | null} */
  let decoder = null;
  try {
    for await (const piece of piecesOf(source, { size: pieceBytes })) {
      decoder ??= await openDecoder(type, piece);
      if (!decoder) return;
      await decoder.ready;
      yield* samplesOf(await decoder.decode(piece));
    }
    if (decoder?.flush) yield* samplesOf(await decoder.flush());
  } finally {
    decoder?.free();
  }
}

/** @param {string} type @param {Buffer} first @returns {Promise<Decoder | null>} */
async function openDecoder(type, first) {
  if (type === 'audio/mpeg') return new (await import('mpg123-decoder')).MPEGDecoder();
  if (type !== 'audio/ogg') return null;
  // The first page of an Ogg stream holds the first header of its codec.
  if (first.includes('OpusHead')) return new (await import('ogg-opus-decoder')).OggOpusDecoder();
  return new (await import('@wasm-audio-decoders/ogg-vorbis')).OggVorbisDecoder();
}

/** @param {Decoded} decoded @returns {Generator<Samples>} */
function* samplesOf({ channelData, sampleRate }) {
  if (channelData.length > 0 && sampleRate > 0) yield { channels: channelData, sampleRate };
}

/** So many stretches are kept while the length is not known yet; when they are full, neighbours are joined. */
const stretchLimit = 8192;

/** The greatest deflection in each of equal stretches of samples. */
class Outline {
  length = 0;
  #peaks = new Float32Array(stretchLimit);
  /** Samples in a stretch. */
  #span = 1;

  /** @param {Float32Array[]} channels */
  add(channels) {
    const added = channels[0]?.length ?? 0;
    while (this.length + added > this.#span * stretchLimit) this.#join();
    for (const channel of channels) this.#measure(channel);
    this.length += added;
  }

  /** Each of the asked stretches holds at least one of the kept. @param {number} buckets */
  peaks(buckets) {
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

  /** @param {Float32Array} channel */
  #measure(channel) {
    for (let at = 0; at < channel.length; at++) {
      const stretch = Math.floor((this.length + at) / this.#span);
      const deflection = Math.abs(channel[at] ?? 0);
      if (deflection > (this.#peaks[stretch] ?? 0)) this.#peaks[stretch] = deflection;
    }
  }

  #join() {
    for (let at = 0; at < stretchLimit / 2; at++) {
      this.#peaks[at] = Math.max(this.#peaks[2 * at] ?? 0, this.#peaks[2 * at + 1] ?? 0);
    }
    this.#peaks.fill(0, stretchLimit / 2);
    this.#span *= 2;
  }
}
