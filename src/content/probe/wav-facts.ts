import type { MediaFacts } from './media-facts.js';
import { withRanges, type Bytes } from './read-range.js';

/** How the sound of a WAV is laid out: RIFF, RIFX, RF64 and BW64 with PCM or float samples. */
export interface WavLayout {
  channels: number;
  /** Hertz. */
  sampleRate: number;
  /** Bytes of one sample of one channel. */
  width: number;
  float: boolean;
  bigEndian: boolean;
  dataAt: number;
  /** Bytes of sound; null where the writer never wrote it, and the sound goes on to the end of the file. */
  dataBytes: number | null;
}

/** More chunks are not looked through for the sound and its format. */
const chunkLimit = 1000;

/**
 * Whether bytes begin as a WAV does, whatever is in it (Microsoft and IBM 1991; EBU Tech 3306 for RF64). RIFX is RIFF with
 * its numbers the other way round.
 * @param head as Latin-1
 */
export const beginsLikeWav = (head: string) => /^(?:RIF[FX]|RF64|BW64)[^]{4}WAVE/.test(head);

/** What programs that cannot go back to write a size leave there: 0x7fffffff less a header, or all bits set. */
export const unwrittenFrom = 0x7fff_0000;

/** Asks for bytes, of which there may be fewer at the end; what comes is a chunk from its name on. */
type Asking<T> = Generator<readonly [at: number, length: number], T, DataView>;

/** The header, the longest `fmt ` that is understood, and the sizes in `ds64` are within this many bytes of a chunk. */
const chunkHead = 48;

/**
 * Walks from chunk to chunk until it has both the sound and its format, in whichever order they come. Null when the
 * bytes are no WAV, or its samples are packed.
 */
function* findSound(fileBytes: number): Asking<WavLayout | null> {
  const head = yield [0, 12];
  const name = textAt(head, 0, 12);
  if (!beginsLikeWav(name)) return null;
  const little = !name.startsWith('RIFX');
  let format: Format | null = null;
  let data: Pick<WavLayout, 'dataAt' | 'dataBytes'> | null = null;
  let longSize: number | null = null;
  for (let at = 12, chunks = 0; at + 8 <= fileBytes && chunks < chunkLimit; chunks++) {
    const chunk = yield [at, chunkHead];
    let size = chunk.getUint32(4, little);
    switch (textAt(chunk, 0, 4)) {
      case 'ds64':
        if (chunk.byteLength >= 24) longSize = Number(chunk.getBigUint64(16, little));
        break;
      case 'fmt ':
        format = chunk.byteLength >= 24 ? readFormat(chunk, size, little) : null;
        if (!format) return null;
        break;
      case 'data': {
        const dataBytes: number | null = yield* sizeOfSound({ at, size, longSize, fileBytes, little });
        data ??= { dataAt: at + 8, dataBytes };
        size = dataBytes ?? fileBytes;
      }
    }
    if (format && data) return { ...format, ...data };
    at += 8 + size + (size % 2);
  }
  return null;
}

interface SoundChunk {
  at: number;
  /** As it stands there. */
  size: number;
  longSize: number | null;
  fileBytes: number;
  little: boolean;
}

function* sizeOfSound({ at, size, longSize, fileBytes, little }: SoundChunk): Asking<number | null> {
  if (size === 0xffff_ffff && longSize !== null && longSize > 0) return longSize;
  if (size >= unwrittenFrom) return null;
  if (size > 0) return size;
  // Behind a sound that is empty, and not only of a size that was never written, comes a chunk or the end.
  const behind = at + 8;
  if (behind >= fileBytes) return 0;
  const next = yield [behind, 8];
  if (next.byteLength < 8 || !/^[ -~]{4}$/.test(textAt(next, 0, 4))) return null;
  return behind + 8 + next.getUint32(4, little) <= fileBytes ? 0 : null;
}

type Format = Omit<WavLayout, 'dataAt' | 'dataBytes'>;

const pcm = 1;
const ieeeFloat = 3;
const extensible = 0xfffe;
/** What follows the format number in all sub-formats that are made from one: KSDATAFORMAT's, and that of Ambisonics. */
const guidTails = ['0000-0010-800000aa00389b71', '0721-11d3-8644c8c1ca000000'];

function readFormat(chunk: DataView, size: number, little: boolean): Format | null {
  const format = subFormat(chunk, size, little);
  const channels = chunk.getUint16(10, little);
  const sampleRate = chunk.getUint32(12, little);
  const width = sampleWidth(chunk, channels, little);
  const known =
    format === pcm ? [1, 2, 3, 4].includes(width) : format === ieeeFloat && [4, 8].includes(width);
  return known && channels > 0 && sampleRate > 0
    ? { channels, sampleRate, width, float: format === ieeeFloat, bigEndian: !little }
    : null;
}

/** Bytes that a sample lies in: those its bits need (20 bits: 3), or where all else says so more (24 bits in 4). */
function sampleWidth(chunk: DataView, channels: number, little: boolean): number {
  const [rate, byteRate] = [chunk.getUint32(12, little), chunk.getUint32(16, little)];
  const [frame, bits] = [chunk.getUint16(20, little), chunk.getUint16(22, little)];
  const needed = Math.ceil(bits / 8);
  const stated = frame / channels;
  return stated > needed && needed > 0 && Number.isInteger(stated) && byteRate === rate * frame
    ? stated
    : needed;
}

function subFormat(chunk: DataView, size: number, little: boolean): number {
  const format = chunk.getUint16(8, little);
  if (format !== extensible || size < 40 || chunk.byteLength < chunkHead) return format;
  const words = [36, 38].map((at) => chunk.getUint16(at, little).toString(16).padStart(4, '0'));
  const rest = Buffer.from(chunk.buffer, chunk.byteOffset + 40, 8).toString('hex');
  return guidTails.includes([...words, rest].join('-')) ? chunk.getUint32(32, little) : format;
}

function textAt(view: DataView, at: number, length: number): string {
  return Buffer.from(view.buffer, view.byteOffset, view.byteLength).toString('latin1', at, at + length);
}

const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array) =>
  new DataView(buffer, byteOffset, byteLength);

/** Null when the bytes are no WAV of samples as they are. */
export function readWavLayout(bytes: Uint8Array): WavLayout | null {
  const finding = findSound(bytes.byteLength);
  let step = finding.next();
  while (!step.done) {
    const [at, length] = step.value;
    step = finding.next(viewOf(bytes.subarray(at, at + length)));
  }
  return step.value;
}

/** The same of bytes that may lie in a file. */
export async function findWavLayout(source: Bytes): Promise<WavLayout | null> {
  if ('bytes' in source) return readWavLayout(source.bytes);
  return withRanges(source, async ({ size, read }) => {
    const finding = findSound(size);
    let step = finding.next();
    while (!step.done) step = finding.next(viewOf(await read(...step.value)));
    return step.value;
  });
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

/** Null when the bytes are no WAV of samples as they are. */
export async function wavFacts(source: Bytes): Promise<MediaFacts | null> {
  const layout = await findWavLayout(source);
  return layout && withRanges(source, ({ size }) => Promise.resolve(factsOfWav(layout, size)));
}
