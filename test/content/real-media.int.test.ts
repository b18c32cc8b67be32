import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { probeContent } from '../../src/content/probe/probe-content.js';
import { decideType } from '../../src/content/probe/decide-type.js';
import { mediaNames, realMedia, type RealMedia } from './make-media.js';

/** What the bytes are called, by the ending of the name. */
const types: Readonly<Record<string, string>> = {
  'a.mp3': 'audio/mpeg',
  'a.mp2': 'audio/mpeg',
  'a.m4a': 'audio/mp4',
  'a.aac': 'audio/aac',
  'a.flac': 'audio/flac',
  'a.ogg': 'audio/ogg',
  'a.opus': 'audio/ogg',
  'a.wav': 'audio/wav',
  'a-rf64.wav': 'audio/wav',
  'a.aiff': 'audio/aiff',
  'a.caf': 'audio/x-caf',
  'a.wma': 'audio/x-ms-wma',
  'a.ac3': 'audio/ac3',
  'a.webm': 'audio/webm',
  'a.mka': 'audio/matroska',
  'a.wv': 'audio/wavpack',
  'a.tta': 'audio/x-tta',
  'stereo.ogg': 'audio/ogg',
  'v.mp4': 'video/mp4',
  'v.mov': 'video/quicktime',
  'v.m4v': 'video/mp4',
  'v.webm': 'video/webm',
  'v.mkv': 'video/matroska',
  'v.3gp': 'video/3gpp',
  'v.ogv': 'video/ogg',
  'v.wmv': 'video/x-ms-wmv',
  'v.flv': 'video/x-flv',
  'silent.mp4': 'video/mp4',
  'silent.webm': 'video/webm',
  'i.png': 'image/png',
  'i.jpg': 'image/jpeg',
  'i.gif': 'image/gif',
  'i.webp': 'image/webp',
  'i.avif': 'image/avif',
  'i.bmp': 'image/bmp',
  'i.tiff': 'image/tiff',
  'i.jp2': 'image/jp2',
  'i.ico': 'image/x-icon',
};

let folder: string;
let media: RealMedia;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'real-media-'));
  media = realMedia(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(mediaNames)('%s is what it is, with the facts that ffprobe tells', async (name) => {
  const { detectedType, facts } = await probeContent({ bytes: readFileSync(media.file(name)) });
  expect(detectedType).toBe(types[name]);
  expect(facts.damaged).toBeUndefined();
  const { streams, format } = media.facts(name);
  const [video, audio] = ['video', 'audio'].map((kind) =>
    streams.find(({ codec_type }) => codec_type === kind),
  );
  expect([facts.width, facts.height]).toEqual([video?.width, video?.height]);
  expect([facts.channels, facts.sample_rate]).toEqual([audio?.channels, audio?.sample_rate]);
  if (detectedType.startsWith('image/')) return;
  // A frame of pictures, or of sound in any codec of these.
  const frame = video ? 0.1 : 1152 / (audio?.sample_rate ?? 1);
  expect(Math.abs((facts.duration ?? 0) - (format.duration ?? 0))).toBeLessThanOrEqual(frame + 0.001);
  if (audio) expect(facts.audio_codec).toEqual(expect.any(String));
  if (video) expect(facts.video_codec).toEqual(expect.any(String));
  if (video && audio) expect(facts.tracks?.map(({ kind }) => kind).sort()).toEqual(['audio', 'video']);
});

test.each(mediaNames)('%s in a file is what it is in memory', async (name) => {
  const file = media.file(name);
  expect(await probeContent({ file })).toEqual(await probeContent({ bytes: readFileSync(file) }));
});

test.each([
  'a.wav',
  'i.png',
  'i.jpg',
  'i.gif',
  'i.webp',
  'v.mp4',
  'v.webm',
  'v.mov',
  'a.webm',
  'i.avif',
  'a.ogg',
  'a.opus',
  'a.m4a',
  'v.mkv',
  'i.bmp',
  'i.ico',
  'i.jp2',
  'a-rf64.wav',
  'a.aiff',
  'a.mka',
  'stereo.ogg',
  'silent.mp4',
  'silent.webm',
  'v.3gp',
  'v.m4v',
  'v.ogv',
])('%s cut short is recorded as damaged', async (name) => {
  const whole = readFileSync(media.file(name));
  const { detectedType, facts } = await probeContent({ bytes: whole.subarray(0, whole.length * 0.6) });
  expect(facts.damaged).toBe(true);
  expect(decideType(types[name], detectedType)).toEqual({ mimeType: types[name], difference: null });
});
