/** What can be told of media. Lengths in pixels and seconds; the names are those of an artifact's metadata. */
export interface MediaFacts {
  width?: number;
  height?: number;
  duration?: number;
  codec?: string;
  channels?: number;
  sample_rate?: number;
  character_count?: number;
  word_count?: number;
}

/**
 * Type and facts of the plainest and most frequent files (PNG, PCM WAV, short MP3), read from their headers in
 * microseconds; null for anything else and anything odd, which the general readers then judge.
 */
export function quickFacts(bytes: Uint8Array): { mimeType: string; facts: MediaFacts } | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return png(view) ?? wav(view) ?? mp3(view);
}

/** PNG specification (third edition), 5.2 and 11.2.1: the signature, then always IHDR. */
function png(view: DataView) {
  if (
    view.byteLength < 33 ||
    view.getBigUint64(0) !== 0x89504e470d0a1a0an ||
    view.getUint32(12) !== 0x49484452
  ) {
    return null;
  }
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  if (width === 0 || height === 0 || isAnimated(view)) return null;
  return { mimeType: 'image/png', facts: { width, height } };
}

/** An animated PNG says so (acTL) before its first picture (IDAT). */
function isAnimated(view: DataView): boolean {
  for (let at = 8; at + 12 <= view.byteLength; at += 12 + view.getUint32(at)) {
    const chunk = view.getUint32(at + 4);
    if (chunk === 0x6163544c) return true;
    if (chunk === 0x49444154) return false;
  }
  return false;
}

const riff = 0x52494646;
const pcm = 1;
const ieeeFloat = 3;

/** RIFF chunks as in the Microsoft and IBM multimedia specification of 1991; numbers are little-endian. */
function wav(view: DataView) {
  if (view.byteLength < 44 || view.getUint32(0) !== riff || view.getUint32(8) !== 0x57415645) return null;
  let format: { channels: number; sampleRate: number; bytesPerSecond: number } | null = null;
  for (let at = 12; at + 8 <= view.byteLength;) {
    const [name, size] = [view.getUint32(at), view.getUint32(at + 4, true)];
    if (name === 0x666d7420 && size >= 16 && at + 24 <= view.byteLength) {
      if (![pcm, ieeeFloat].includes(view.getUint16(at + 8, true))) return null;
      const [channels, sampleRate] = [view.getUint16(at + 10, true), view.getUint32(at + 12, true)];
      format = { channels, sampleRate, bytesPerSecond: view.getUint32(at + 16, true) };
    }
    if (name === 0x64617461) return format && pcmFacts(format, Math.min(size, view.byteLength - at - 8));
    at += 8 + size + (size % 2);
  }
  return null;
}

function pcmFacts({ channels, sampleRate, bytesPerSecond }: Record<string, number>, dataBytes: number) {
  if (!channels || !sampleRate || !bytesPerSecond) return null;
  const duration = dataBytes / bytesPerSecond;
  return { mimeType: 'audio/wav', facts: { duration, codec: 'PCM', channels, sample_rate: sampleRate } };
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
  return {
    mimeType: 'audio/mpeg',
    facts: { duration, codec: 'MPEG 1 Layer 3', channels, sample_rate: sampleRate },
  };
}

/** `Xing`, `Info` or `VBRI` in the first frame: then that frame is no sound. */
function hasRateHeader(view: DataView): boolean {
  return [13, 21, 36].some(
    (at) => at + 4 <= view.byteLength && [0x58696e67, 0x496e666f, 0x56425249].includes(view.getUint32(at)),
  );
}
