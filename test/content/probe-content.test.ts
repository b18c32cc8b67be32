import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { probeContent } from '../../src/content/probe/probe-content.js';
import { decideType } from '../../src/content/probe/decide-type.js';
import { InvalidInput } from '../../src/errors.js';
import { mp3, wav } from './media-bytes.js';

const picture = (width = 40, height = 30) =>
  sharp({ create: { width, height, channels: 3, background: { r: 200, g: 80, b: 40 } } });
const text = (value: string) => ({ bytes: Buffer.from(value) });

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'probe-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('tells what the bytes are', () => {
  test.each([
    ['image/png', () => picture().png().toBuffer()],
    ['image/jpeg', () => picture().jpeg().toBuffer()],
    ['image/webp', () => picture().webp().toBuffer()],
    ['image/gif', () => picture().gif().toBuffer()],
    ['image/avif', () => picture().avif().toBuffer()],
    ['image/tiff', () => picture().tiff().toBuffer()],
  ])('%s with its dimensions, in memory and in a file', async (mimeType, make) => {
    const bytes = await make();
    const expected = { detectedType: mimeType, facts: { width: 40, height: 30 } };
    expect(await probeContent({ bytes })).toEqual(expected);
    const file = join(folder, 'picture');
    await writeFile(file, bytes);
    expect(await probeContent({ file })).toEqual(expected);
  });

  test('WAV with duration, channels and sample rate', async () => {
    const bytes = wav({ seconds: 0.5, sampleRate: 8000, channels: 2 });
    const facts = { duration: 0.5, codec: 'PCM', audio_codec: 'PCM', channels: 2, sample_rate: 8000 };
    expect(await probeContent({ bytes })).toEqual({ detectedType: 'audio/wav', facts });
    const file = join(folder, 'sound');
    await writeFile(file, bytes);
    expect(await probeContent({ file })).toEqual({ detectedType: 'audio/wav', facts });
  });

  test('MP3, however short, with or without a tag before it', async () => {
    const bytes = mp3({ frames: 4 });
    const { detectedType, facts } = await probeContent({ bytes });
    expect(detectedType).toBe('audio/mpeg');
    expect(facts).toMatchObject({ codec: 'MPEG 1 Layer 3', channels: 2, sample_rate: 44_100 });
    expect(facts.duration).toBeCloseTo((4 * 1152) / 44_100, 5);
    const tagged = Buffer.concat([
      Buffer.from('ID3\x04\x00\x00\x00\x00\x00\x00', 'latin1'),
      mp3({ frames: 100 }),
    ]);
    expect(await probeContent({ bytes: tagged })).toMatchObject({
      detectedType: 'audio/mpeg',
      facts: { channels: 2 },
    });
  });

  test.each([
    ['text/plain', 'Once upon a time'],
    ['application/json', '{"title": "Space Bus 🚀"}'],
    ['text/plain', '{"title": "cut off'],
    ['text/html', '<!DOCTYPE html><title>x</title>'],
    ['text/html', '<script>alert(1)</script>'],
    ['text/html', '<!doctype html><svg width="1" height="1"></svg>'],
    [
      'image/svg+xml',
      '<?xml version="1.0"?>\n<!-- drawn -->\n<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>',
    ],
    ['application/xml', '<?xml version="1.0"?><feed/>'],
    ['application/pdf', '%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n'],
    ['text/plain', '%PDF-1.7\n'],
  ])('%s from %j', async (mimeType, value) => {
    expect((await probeContent(text(value))).detectedType).toBe(mimeType);
  });

  test('nothing of bytes that follow no known form', async () => {
    const odd = { bytes: Buffer.from([1, 2, 3, 0xff, 0xfe, 0]) };
    expect(await probeContent(odd)).toEqual({ detectedType: 'application/octet-stream', facts: {} });
    expect((await probeContent({ bytes: new Uint8Array() })).detectedType).toBe('inode/x-empty');
  });

  test('what it can of broken files', async () => {
    const whole = await picture().jpeg().toBuffer();
    expect(await probeContent({ bytes: whole.subarray(0, 12) })).toEqual({
      detectedType: 'image/jpeg',
      facts: { damaged: true },
    });
    const cut = wav({ seconds: 1, sampleRate: 8000, channels: 1 }).subarray(0, 36);
    expect((await probeContent({ bytes: cut })).detectedType).toBe('audio/wav');
  });
});

test.each([
  ['Once upon a time', 16, 4],
  ["Don't wake the well-known bear!", 31, 5],
  ['从前有一只熊。', 7, 6],
  ['Space Bus 🚀 flies', 17, 3],
  ['', 0, 0],
])('counts characters and words of %j', async (value, character_count, word_count) => {
  expect((await probeContent(text(value))).facts).toEqual({ character_count, word_count });
});

test('counts long text the same in memory and in a file', async () => {
  const value = 'Ein Bär, ein Fuchs und 一只猫 🐈 gingen spazieren. '.repeat(20_000);
  const file = join(folder, 'text');
  await writeFile(file, value);
  const inMemory = await probeContent(text(value));
  expect(inMemory.facts).toEqual({ character_count: [...value].length, word_count: 20_000 * 10 });
  expect(await probeContent({ file })).toEqual(inMemory);
});

describe('holds the sender’s word against the bytes', () => {
  test.each([
    ['image/png', 'image/jpeg'],
    ['image/png', 'text/plain'],
    ['audio/mpeg', 'audio/wav'],
    ['video/mp4', 'text/plain'],
    ['image/svg+xml', 'text/html'],
    ['image/*', 'audio/wav'],
    ['image/png', 'inode/x-empty'],
  ])('refuses %s for bytes that are %s', (declared, detected) => {
    let refusal: unknown;
    try {
      decideType(declared, detected);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(InvalidInput);
    expect(refusal).toMatchObject({ code: 'unsupported_media_type' });
  });

  test.each([
    ['audio/x-wav', 'audio/wav', 'audio/wav'],
    ['Audio/MP3; x=y', 'audio/mpeg', 'audio/mpeg'],
    ['audio/mp4', 'video/mp4', 'video/mp4'],
    ['text/markdown; charset=utf-8', 'text/plain', 'text/markdown'],
    [null, 'image/png', 'image/png'],
    ['application/octet-stream', 'image/png', 'image/png'],
    ['image/*', 'image/png', 'image/png'],
    ['audio/webm', 'video/webm', 'video/webm'],
    ['video/webm', 'audio/webm', 'audio/webm'],
    ['video/mp4', 'application/mp4', 'video/mp4'],
    ['text/plain', 'inode/x-empty', 'text/plain'],
  ])('takes %s for bytes that are %s as %s', (declared, detected, mimeType) => {
    expect(decideType(declared, detected)).toEqual({ mimeType, difference: null });
  });

  test.each([
    ['text/plain', 'image/png', 'image/png'],
    ['text/plain', 'application/octet-stream', 'text/plain'],
    ['text/plain', 'text/html', 'text/plain'],
    ['application/json', 'text/plain', 'application/json'],
    ['application/x-thing', 'image/png', 'image/png'],
    ['audio/l16', 'application/octet-stream', 'audio/l16'],
    ['image/x-raw', 'application/octet-stream', 'image/x-raw'],
    ['video/mp4', 'application/octet-stream', 'video/mp4'],
  ])('records that %s are %s, and calls them %s', (declared, detected, mimeType) => {
    const difference = { declared_mime_type: declared, detected_mime_type: detected };
    expect(decideType(declared, detected)).toEqual({ mimeType, difference });
  });
});
