import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import sharp from 'sharp';
import { DiskStore } from '../../src/content/disk/disk-store.js';
import { makePreview, waveformOf } from '../../src/content/preview/make-preview.js';
import { probeContent } from '../../src/content/probe/probe-content.js';
import { PreviewCache } from '../../src/content/preview/preview-cache.js';
import { traceWaveform } from '../../src/content/preview/waveform.js';
import { verified } from '../contract/content-store.js';
import { mp3, rifx, wav } from './media-bytes.js';

let folder: string;
let content: DiskStore;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'previews-'));
  content = await DiskStore.open(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function put(bytes: Uint8Array, mimeType: string) {
  const put = { ...verified(bytes), mimeType };
  await content.put(put);
  return put;
}

const noise = (width: number, height: number) =>
  sharp(randomBytes(width * height * 3), { raw: { width, height, channels: 3 } });

test('an image has a thumbnail that keeps its shape and is made once', async () => {
  const image = await put(await noise(900, 300).jpeg().toBuffer(), 'image/jpeg');
  const [first, second] = await Promise.all([
    makePreview({ content }, image, 256),
    makePreview({ content }, image, 256),
  ]);
  expect(await sharp(first.bytes).metadata()).toMatchObject({ format: 'webp', width: 256, height: 85 });
  expect(Buffer.compare(second.bytes, first.bytes)).toBe(0);
  await content.remove(image.sha256);
  expect(Buffer.compare((await makePreview({ content }, image, 256)).bytes, first.bytes)).toBe(0);
});

test('a small image is not enlarged, a photograph is turned upright', async () => {
  const small = await put(await noise(20, 10).png().toBuffer(), 'image/png');
  expect(await sharp((await makePreview({ content }, small, 64)).bytes).metadata()).toMatchObject({
    width: 20,
  });
  const turned = await put(
    await noise(80, 40).withMetadata({ orientation: 6 }).jpeg().toBuffer(),
    'image/jpeg',
  );
  const upright = await sharp((await makePreview({ content }, turned, 64)).bytes).metadata();
  expect(upright).toMatchObject({ width: 32, height: 64 });
  expect(upright.exif).toBeUndefined();
});

const kinds = ['jpeg', 'png', 'webp', 'gif', 'tiff', 'avif'] as const;
test.each(kinds.flatMap((kind) => [20, 60, 99].map((percent) => [kind, percent] as const)))(
  'a %s of which %d % are there is recorded as damaged, and drawn or called so',
  async (kind, percent) => {
    const whole = await noise(320, 240)[kind]().toBuffer();
    const bytes = whole.subarray(0, (whole.length * percent) / 100);
    const { detectedType, facts } = await probeContent({ bytes });
    expect([detectedType, facts.damaged]).toEqual([`image/${kind}`, true]);
    const drawn = await makePreview({ content }, await put(bytes, detectedType), 64).then(
      () => 'drawn',
      (error: unknown) => String(error),
    );
    expect(drawn).toMatch(['jpeg', 'png', 'gif'].includes(kind) ? /^drawn$/ : /^drawn$|damaged/);
  },
);

test.each(kinds)(
  'a %s of 30 megapixels is not decoded to see whether it is whole, and still is told',
  async (kind) => {
    const side = { width: 6000, height: 5000 };
    const picture = sharp({ create: { ...side, channels: 3, background: 'teal' } });
    const whole = await (kind === 'avif' ? picture.avif({ effort: 0 }) : picture[kind]()).toBuffer();
    expect(await probeContent({ bytes: whole })).toEqual({ detectedType: `image/${kind}`, facts: side });
    const cut = whole.subarray(0, whole.length * 0.6);
    expect((await probeContent({ bytes: cut })).facts.damaged).toBe(true);
  },
);

test('nothing of another file gets into the thumbnail of a drawing', async () => {
  const page = (text: string, prolog = '') =>
    Buffer.from(
      `${prolog}<svg xmlns="http://www.w3.org/2000/svg" width="400" height="200"><text y="99">a${text}</text></svg>`,
    );
  const drawn = async (bytes: Buffer) =>
    (await makePreview({ content }, await put(bytes, 'image/svg+xml'), 256)).bytes;
  const plain = await drawn(page(''));
  for (const prolog of [
    'SYSTEM "file:///etc/passwd"',
    'SYSTEM "data:text/plain,x"',
    'PUBLIC "-" "http://127.0.0.1:9/"',
  ])
    expect(await drawn(page('&x;', `<!DOCTYPE svg [<!ENTITY x ${prolog}>]>`))).toEqual(plain);
});

test('a drawing has a thumbnail, too', async () => {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="200"><circle cx="200" cy="100" r="90"/></svg>';
  const drawing = await put(Buffer.from(svg), 'image/svg+xml');
  expect(await sharp((await makePreview({ content }, drawing, 128)).bytes).metadata()).toMatchObject({
    width: 128,
    height: 64,
  });
});

test('a sound has a waveform', async () => {
  const halfQuiet = wav({ seconds: 2, sampleRate: 8000, channels: 1 });
  halfQuiet.fill(0, halfQuiet.length / 2);
  const sound = await put(halfQuiet, 'audio/x-wav');
  const { duration, peaks } = await waveformOf({ content }, sound);
  expect(duration).toBeCloseTo(2, 2);
  expect(peaks).toHaveLength(200);
  expect(Math.min(...peaks.slice(0, 99))).toBeGreaterThan(0.4);
  expect(Math.max(...peaks.slice(101))).toBe(0);
  const { mimeType, bytes } = await makePreview({ content }, sound, 256);
  expect(mimeType).toBe('image/svg+xml');
  expect(await sharp(bytes).metadata()).toMatchObject({ width: 256, height: 64 });
});

const trace = (type: string, bytes: Iterable<Uint8Array>, bars: number) =>
  traceWaveform(Readable.from(bytes), { type, bars, scratchDir: content.scratchDir });

test('a waveform does not depend on how the bytes arrive', async () => {
  const bytes = wav({ seconds: 1, sampleRate: 8000, channels: 2 });
  const pieces = Array.from({ length: Math.ceil(bytes.length / 997) }, (_, n) =>
    bytes.subarray(n * 997, (n + 1) * 997),
  );
  expect(await trace('audio/wav', pieces, 50)).toEqual(await trace('audio/wav', [bytes], 50));
});

test.each([
  [1, 8, 1],
  [1, 16, 2],
  [1, 24, 3],
  [3, 32, 4],
  [3, 64, 8],
])('a WAV is drawn as its numbers stand, big end first (format %d of %d bits)', async (tag, bits, width) => {
  const traced = await trace('audio/wav', [rifx({ tag, bits, width })], 4);
  expect(traced).toEqual({ duration: 1, peaks: [0.5, 0.5, 0, 0] });
});

test.each(['fmt ', 'data'])('a WAV is drawn whichever of sound and format comes first: %s', async (first) => {
  const bytes = wav({ seconds: 1, sampleRate: 8000, channels: 1 });
  const [format, sound] = [bytes.subarray(12, 36), bytes.subarray(36)];
  const chunks = first === 'data' ? [sound, format] : [format, sound];
  const traced = await trace('audio/wav', [bytes.subarray(0, 12), ...chunks], 20);
  expect(traced?.duration).toBe(1);
  expect(Math.min(...(traced?.peaks ?? [0]))).toBeGreaterThan(0.4);
});

test('an MP3 is decoded', async () => {
  const traced = await trace('audio/mpeg', [mp3({ frames: 50 })], 10);
  expect(traced?.duration).toBeCloseTo((50 * 1152) / 44_100, 0);
  expect(traced?.peaks).toEqual(Array(10).fill(0));
});

test.each(['image/png', 'audio/wav', 'audio/ogg', 'application/pdf'])(
  'bytes that are no %s have no preview, and that is said',
  async (mimeType) => {
    const odd = await put(randomBytes(3000), mimeType);
    await expect(makePreview({ content }, odd, 64)).rejects.toMatchObject({ code: 'unsupported_media_type' });
  },
);

test('the cache forgets what was not used for longest', async () => {
  const cacheFolder = join(folder, 'small-cache');
  const cache = new PreviewCache(cacheFolder, 10_000);
  for (let n = 0; n < 30; n++) {
    await cache.get(`aa-${n}`, () => Promise.resolve(randomBytes(1000)));
    await new Promise((passed) => setTimeout(passed, 3));
    await cache.get('aa-0', () => Promise.reject(new Error('was used just now')));
  }
  const kept = await readdir(join(cacheFolder, 'aa'));
  expect(kept.length).toBeLessThanOrEqual(11);
  expect(kept).toContain('aa-0');
  expect(kept).toContain('aa-29');
});
