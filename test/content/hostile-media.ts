import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { constants, crc32, deflateRawSync } from 'node:zlib';
import { packageRoot } from '../../src/package-root.js';
import { wav } from './media-bytes.js';
import { opusBomb } from './opus-bomb.js';

/** A file that costs much to read or to draw, or that lies, and what is right to say of it. */
export interface HostileMedium {
  type: 'image' | 'audio' | 'video';
  mimeType: string;
  bytes: Uint8Array;
  /** Metadata that the artifact has to have. */
  facts: Record<string, unknown>;
  /** Whether a picture of it is drawn; null where that depends on the machine. */
  drawn: boolean | null;
}

const kept = (name: string) => readFileSync(join(packageRoot, 'test', 'content', 'media', name));

/** Eight hours of silence at one sample a second. */
function slowWav(): Uint8Array {
  const file = wav({ seconds: 0, sampleRate: 1, channels: 1 });
  const data = Buffer.alloc(8 << 20);
  file.writeUInt32LE(36 + data.length, 4);
  file.writeUInt32LE(data.length, 40);
  return Buffer.concat([file, data]);
}

/** 800 filter primitives, each over the whole of a large picture; `seed` makes another file of the same kind. */
function filteredSvg(seed: number): Uint8Array {
  const primitives = Array.from(
    { length: 800 },
    (_, n) =>
      `<feTurbulence baseFrequency="0.0${1 + (n % 9)}" numOctaves="9" seed="${seed}"/><feMorphology operator="dilate" radius="40"/><feGaussianBlur stdDeviation="80"/>`,
  );
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="4000" height="4000"><filter id="f">${primitives.join('')}</filter><rect width="4000" height="4000" filter="url(#f)"/></svg>`,
  );
}

function pngChunk(name: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** A black picture whose file is a thousandth of its pixels, made of one packed block again and again. */
function blackPng(width: number, height: number): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0], 8);
  const raw = (width + 1) * height;
  const blockBytes = 1 << 20;
  const pack = (length: number) =>
    deflateRawSync(Buffer.alloc(length), { finishFlush: constants.Z_FULL_FLUSH });
  const block = pack(blockBytes);
  const blocks = Array.from({ length: Math.floor(raw / blockBytes) }, () => block);
  const adler = Buffer.alloc(4);
  adler.writeUInt32BE((raw % 65_521) * 65_536 + 1);
  const end = Buffer.from([3, 0]);
  const packed = [Buffer.from([0x78, 0x01]), ...blocks, pack(raw % blockBytes), end, adler];
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', header),
    pngChunk('IDAT', Buffer.concat(packed)),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A GIF of so many frames of one pixel on a large canvas. */
function longGif(frames: number): Uint8Array {
  const [side, black] = [2000, Buffer.from([0, 0, 0, 255, 255, 255])];
  const screen = Buffer.from([side & 255, side >> 8, side & 255, side >> 8, 0x80, 0, 0]);
  const frame = Buffer.from([
    ...[0x21, 0xf9, 4, 8, 1, 0, 0, 0],
    ...[0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0],
  ]);
  const all = Array.from({ length: frames }, () => frame);
  return Buffer.concat([Buffer.from('GIF89a'), screen, black, ...all, Buffer.from([0x3b])]);
}

/** A film of a second whose header says that it goes on for weeks. */
function lyingMp4(): Uint8Array {
  const file = Buffer.from(kept('v.mp4'));
  for (const box of ['mvhd', 'mdhd', 'tkhd']) {
    for (let at = file.indexOf(box); at >= 0; at = file.indexOf(box, at + 4)) {
      file.writeUInt32BE(0x7fffffff, at + (box === 'tkhd' ? 24 : 20));
    }
  }
  return file;
}

/** 36 bits of samples in a file of one second. */
function endlessFlac(): Uint8Array {
  const file = Buffer.from(kept('a.flac'));
  file.writeUInt8(file.readUInt8(21) | 0x0f, 21);
  file.writeUInt32BE(0xffffffff, 22);
  return file;
}

/** The place of its last sample is two hundred thousand years away. */
function endlessOgg(): Uint8Array {
  const file = Buffer.from(kept('a.ogg'));
  file.writeBigInt64LE(2n ** 62n, file.lastIndexOf('OggS') + 6);
  return file;
}

const cut = (name: string) => kept(name).subarray(0, Math.floor(kept(name).length * 0.6));

/** Each kind, made when it is asked for. */
export const hostileMedia: Record<string, () => HostileMedium> = {
  'a WAV of one sample a second': () => ({
    ...{ type: 'audio', mimeType: 'audio/wav', bytes: slowWav(), facts: {}, drawn: true },
  }),
  ...Object.fromEntries(
    [1, 2, 3, 4].map((seed) => [
      `SVG ${seed} of 2,400 filters`,
      () => ({ type: 'image', mimeType: 'image/svg+xml', bytes: filteredSvg(seed), facts: {}, drawn: false }),
    ]),
  ),
  'a picture of 108 megapixels': () => ({
    ...{ type: 'image', mimeType: 'image/png', bytes: blackPng(12_000, 9_000) },
    ...{ facts: { width: 12_000, height: 9_000 }, drawn: null },
  }),
  'a picture of 300 megapixels': () => ({
    ...{ type: 'image', mimeType: 'image/png', bytes: blackPng(20_000, 15_000) },
    ...{ facts: { width: 20_000, height: 15_000 }, drawn: null },
  }),
  'a picture of three gigapixels': () => ({
    ...{ type: 'image', mimeType: 'image/png', bytes: blackPng(60_000, 50_000) },
    ...{ facts: { width: 60_000, height: 50_000 }, drawn: false },
  }),
  'a GIF of 50,000 frames': () => ({
    ...{ type: 'image', mimeType: 'image/gif', bytes: longGif(50_000), drawn: null },
    ...{ facts: { width: 2000, height: 2000 } },
  }),
  'a film that lies about its length': () => ({
    ...{
      type: 'video',
      mimeType: 'video/mp4',
      bytes: lyingMp4(),
      facts: { video_codec: 'AVC' },
      drawn: false,
    },
  }),
  'a film cut short': () => ({
    ...{ type: 'video', mimeType: 'video/mp4', bytes: cut('v.mp4'), facts: { damaged: true }, drawn: false },
  }),
  'a FLAC of 2^36 samples': () => ({
    ...{ type: 'audio', mimeType: 'audio/flac', bytes: endlessFlac(), facts: {}, drawn: false },
  }),
  'an Ogg of 2^62 samples': () => ({
    ...{ type: 'audio', mimeType: 'audio/ogg', bytes: endlessOgg(), facts: {}, drawn: null },
  }),
  'an Opus of ten minutes in 16 kB': () => ({
    ...{ type: 'audio', mimeType: 'audio/ogg', bytes: opusBomb(20), facts: {}, drawn: true },
  }),
};
