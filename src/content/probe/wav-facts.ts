import type { MediaFacts } from './media-facts.js';
import { withRanges, type Bytes } from './read-range.js';

/** How the sound of a WAV is laid out: RIFF, RF64 and BW64 with PCM or float samples. */
export interface WavLayout {
  channels: number;
  /** Hertz. */
  sampleRate: number;
  /** Bytes of one sample of one channel. */
  width: number;
  float: boolean;
  dataAt: number;
  /** Bytes of sound; null where the writer never wrote it, and the sound goes on to the end of the file. */
  dataBytes: number | null;
}

/** The header must be within this many bytes: larger chunks before the sound are not read for it. */
export const wavHeaderLimit = 1 << 20;

const riff = ['RIFF', 'RF64', 'BW64'];
/** What programs that cannot go back to write the size leave there: 0x7fffffff less a header, or all bits set. */
const unwrittenFrom = 0x7fff_0000;

/**
 * Reads the header of a WAV (Microsoft and IBM 1991; EBU Tech 3306 for RF64). Null when it is none, or `bytes` does
 * not reach to the sound; then more bytes may help.
 */
export function readWavHeader(bytes: Uint8Array): WavLayout | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.byteLength < 44 || !riff.includes(nameAt(view, 0)) || nameAt(view, 8) !== 'WAVE') return null;
  let format: Omit<WavLayout, 'dataAt' | 'dataBytes'> | null = null;
  let longSize: number | null = null;
  for (let at = 12; at + 8 <= view.byteLength;) {
    const [name, size] = [nameAt(view, at), view.getUint32(at + 4, true)];
    if (name === 'ds64' && at + 24 <= view.byteLength) longSize = Number(view.getBigUint64(at + 16, true));
    if (name === 'fmt ' && at + 24 <= view.byteLength) format = readFormat(view, at + 8, size);
    if (name === 'data')
      return format && { ...format, dataAt: at + 8, dataBytes: sizeOf(view, at, longSize) };
    at += 8 + size + (size % 2);
  }
  return null;
}

function sizeOf(view: DataView, at: number, longSize: number | null): number | null {
  const size = view.getUint32(at + 4, true);
  if (size === 0xffff_ffff && longSize !== null && longSize > 0) return longSize;
  return size >= unwrittenFrom || (size === 0 && !isChunk(view, at + 8)) ? null : size;
}

/** Behind a sound that is empty, and not only of a size that was never written, comes a chunk or the end. */
function isChunk(view: DataView, at: number): boolean {
  if (at + 8 > view.byteLength) return at >= view.byteLength;
  return /^[ -~]{4}$/.test(nameAt(view, at)) && at + 8 + view.getUint32(at + 4, true) <= view.byteLength;
}

const pcm = 1;
const ieeeFloat = 3;
const extensible = 0xfffe;
/** The ends that all sub-formats share which are made from a format number: KSDATAFORMAT's, and that of Ambisonics. */
const guidTails = ['00001000800000aa00389b71', '2107d3118644c8c1ca000000'];

function readFormat(view: DataView, at: number, size: number) {
  const format = subFormat(view, at, size);
  const channels = view.getUint16(at + 2, true);
  const width = view.getUint16(at + 14, true) / 8;
  const sampleRate = view.getUint32(at + 4, true);
  const known =
    format === pcm ? [1, 2, 3, 4].includes(width) : format === ieeeFloat && [4, 8].includes(width);
  return known && channels > 0 && sampleRate > 0
    ? { channels, sampleRate, width, float: format === ieeeFloat }
    : null;
}

function subFormat(view: DataView, at: number, size: number): number {
  const format = view.getUint16(at, true);
  if (format !== extensible || size < 40 || at + 40 > view.byteLength) return format;
  const tail = Buffer.from(view.buffer, view.byteOffset + at + 28, 12).toString('hex');
  return guidTails.includes(tail) ? view.getUint32(at + 24, true) : format;
}

function nameAt(view: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((n) => view.getUint8(at + n)));
}

/** The facts of a WAV of `fileBytes` bytes in all: what is there counts, not what the header promises. */
export function factsOfWav(layout: WavLayout, fileBytes: number): MediaFacts {
  const there = Math.max(0, fileBytes - layout.dataAt);
  const frame = layout.channels * layout.width;
  const frames = Math.floor(Math.min(layout.dataBytes ?? there, there) / frame);
  return {
    duration: frames / layout.sampleRate,
    codec: 'PCM',
    audio_codec: 'PCM',
    channels: layout.channels,
    sample_rate: layout.sampleRate,
    ...(layout.dataBytes !== null && layout.dataBytes > there ? { damaged: true } : {}),
  };
}

/** Null when the bytes are no WAV of samples as they are, or its sound begins late. */
export async function wavFacts(source: Bytes): Promise<MediaFacts | null> {
  return withRanges(source, async ({ size, read }) => {
    const layout = readWavHeader(await read(0, wavHeaderLimit));
    return layout && factsOfWav(layout, size);
  });
}
