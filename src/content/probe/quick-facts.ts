import { crc32 } from 'node:zlib';
import type { MediaFacts } from './media-facts.js';
import { factsOfWav, readWavLayout } from './wav-facts.js';

/**
 * Type and facts of the plainest and most frequent files (PNG, JPEG, PCM WAV, short MP3), read from their headers in
 * microseconds; null for anything else and anything odd, which the general readers then judge.
 */
export function quickFacts(bytes: Uint8Array): { mimeType: string; facts: MediaFacts } | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return png(view) ?? jpeg(view) ?? wav(view) ?? mp3(view);
}

/** PNG specification (third edition), 5.2 and 11.2.1: the signature, then always IHDR. Whole to IEND, or none here. */
function png(view: DataView) {
  if (
    view.byteLength < 57 ||
    view.getBigUint64(0) !== 0x89504e470d0a1a0an ||
    view.getUint32(12) !== 0x49484452
  ) {
    return null;
  }
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  if (width === 0 || height === 0 || !isPlainPng(view)) return null;
  return { mimeType: 'image/png', facts: { width, height } };
}

/** Chunk after chunk to IEND, each with its checksum, none of them acTL (animated) or eXIf (may say that it is to be turned). */
function isPlainPng(view: DataView): boolean {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  for (let at = 8; at + 12 <= view.byteLength; at += 12 + view.getUint32(at)) {
    const [chunk, sumAt] = [view.getUint32(at + 4), at + 8 + view.getUint32(at)];
    if (sumAt + 4 > view.byteLength || view.getUint32(sumAt) !== crc32(bytes.subarray(at + 4, sumAt)))
      return false;
    if (chunk === 0x6163544c || chunk === 0x65584966) return false;
    if (chunk === 0x49454e44) return true;
  }
  return false;
}

/** ITU-T T.81, B.1.1: segments up to the frame header; with Exif, or without the mark of the end, it is not plain. */
function jpeg(view: DataView) {
  const end = view.byteLength - 2;
  if (end < 20 || view.getUint32(0) >>> 8 !== 0xffd8ff || view.getUint16(end) !== 0xffd9) return null;
  for (let at = 2; at + 9 <= end; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint16(at);
    if (marker <= 0xffbf || marker === 0xffe1 || view.getUint16(at + 2) < 2) return null;
    if (marker > 0xffcf || [0xffc4, 0xffc8, 0xffcc].includes(marker)) continue;
    const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)];
    return width > 0 && height > 0 ? { mimeType: 'image/jpeg', facts: { width, height } } : null;
  }
  return null;
}

function wav(view: DataView) {
  const layout = readWavLayout(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
  return layout && { mimeType: 'audio/wav', facts: factsOfWav(layout, view.byteLength) };
}

/** kbit/s of MPEG-1 layer III by the header's bit rate index (ISO/IEC 11172-3, 2.4.2.3). */
const bitRates = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const sampleRates = [44_100, 48_000, 32_000];
const samplesPerFrame = 1152;
/** Longer files are left to the general reader, which samples instead of walking through them. */
const mp3Limit = 1 << 20;

/** Bare MPEG-1 layer III: frame after frame from the first byte to the last, with no tag and no variable-rate header. */
function mp3(view: DataView) {
  if (view.byteLength < 4 || view.byteLength > mp3Limit) return null;
  let frames = 0;
  let sampleRate = 0;
  let at = 0;
  for (; at + 4 <= view.byteLength; frames++) {
    const header = view.getUint32(at);
    if (header >>> 17 !== 0xfffb >>> 1) return null;
    const rate = sampleRates[(header >>> 10) & 3];
    const bitRate = bitRates[(header >>> 12) & 15];
    if (!rate || !bitRate || (sampleRate && rate !== sampleRate)) return null;
    sampleRate = rate;
    at += Math.floor((144_000 * bitRate) / rate) + ((header >>> 9) & 1);
  }
  if (at !== view.byteLength || hasRateHeader(view)) return null;
  const channels = (view.getUint32(0) >>> 6) % 4 === 3 ? 1 : 2;
  const duration = (frames * samplesPerFrame) / sampleRate;
  const codec = 'MPEG 1 Layer 3';
  return {
    mimeType: 'audio/mpeg',
    facts: { duration, codec, audio_codec: codec, channels, sample_rate: sampleRate },
  };
}

/** `Xing`, `Info` or `VBRI` in the first frame: then that frame is no sound. */
function hasRateHeader(view: DataView): boolean {
  return [13, 21, 36].some(
    (at) => at + 4 <= view.byteLength && [0x58696e67, 0x496e666f, 0x56425249].includes(view.getUint32(at)),
  );
}
