import { createReadStream } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { supportedMimeTypes } from 'file-type';
import { parseBuffer, parseFile, type IAudioMetadata } from 'music-metadata';
import sharp from 'sharp';
import { InvalidInput } from '../../errors.js';
import { detectSignature, detectTextType, type Bytes } from './detect-type.js';
import { agree, canonicalType, familyOf, isMedia } from './media-type.js';
import { quickFacts, type MediaFacts } from './quick-facts.js';
import { textFacts } from './text-facts.js';

export interface Probe {
  /** What the bytes are, canonical; `application/octet-stream` when nothing is known of them. */
  detectedType: string;
  facts: MediaFacts;
}

const unknown = 'application/octet-stream';
/** The name that file(1) has for no bytes at all. */
const empty = 'inode/x-empty';
/** More of a file than its signature and headers need. */
const headBytes = 64 * 1024;
/** A text larger than this is counted but not read whole to see whether it is JSON. */
const wholeText = 4 << 20;

/**
 * Looks at the bytes themselves: type, dimensions, duration, codec, length of text. Never fails on odd content:
 * facts that cannot be read are left out.
 */
export async function probeContent(source: Bytes): Promise<Probe> {
  const quick = 'bytes' in source ? quickFacts(source.bytes) : null;
  if (quick) return { detectedType: quick.mimeType, facts: quick.facts };
  const signature = await detectSignature(source);
  if (signature) return probeMedia(source, signature);
  return (await probeText(source)) ?? { detectedType: unknown, facts: {} };
}

async function probeMedia(source: Bytes, type: string): Promise<Probe> {
  const family = familyOf(type);
  if (family === 'image') return { detectedType: type, facts: await imageFacts(source) };
  if (family === 'audio' || family === 'video') return audioFacts(source, type);
  return family === 'text'
    ? ((await probeText(source)) ?? { detectedType: type, facts: {} })
    : { detectedType: type, facts: {} };
}

async function imageFacts(source: Bytes): Promise<MediaFacts> {
  try {
    const { width, height } = await sharp('bytes' in source ? source.bytes : source.file).metadata();
    return { width, height };
  } catch {
    // The signature of an image with a body that is none, or a format that sharp does not read: no dimensions.
    return {};
  }
}

async function audioFacts(source: Bytes, type: string): Promise<Probe> {
  const options = { duration: true, skipCovers: true };
  try {
    const { format } =
      'bytes' in source
        ? await parseBuffer(source.bytes, { mimeType: type, size: source.bytes.length }, options)
        : await parseFile(source.file, options);
    const soundAlone = format.hasVideo === false && format.hasAudio === true;
    const detectedType =
      soundAlone && type.startsWith('video/') ? canonicalType(`audio/${type.slice(6)}`) : type;
    return { detectedType, facts: formatFacts(format) };
  } catch {
    // As for images: the type is known, the facts are not.
    return { detectedType: type, facts: {} };
  }
}

function formatFacts(format: IAudioMetadata['format']): MediaFacts {
  const video = format.trackInfo.find((track) => track.video)?.video;
  const found = {
    width: video?.pixelWidth,
    height: video?.pixelHeight,
    duration: format.duration,
    codec: format.codec,
    channels: format.numberOfChannels,
    sample_rate: format.sampleRate,
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined && value !== 0));
}

async function probeText(source: Bytes): Promise<Probe | null> {
  const facts = await textFacts('bytes' in source ? [source.bytes] : createReadStream(source.file));
  if (!facts) return null;
  if (facts.character_count === 0) return { detectedType: empty, facts };
  const whole = (facts.character_count ?? 0) <= wholeText ? await readWhole(source) : null;
  const head = whole ?? (await readHead(source));
  const detectedType = detectTextType(head.slice(0, headBytes), whole);
  const dimensions = detectedType === 'image/svg+xml' ? await imageFacts(source) : {};
  return { detectedType, facts: { ...dimensions, ...facts } };
}

async function readWhole(source: Bytes): Promise<string> {
  return 'bytes' in source ? Buffer.from(source.bytes).toString('utf8') : readFile(source.file, 'utf8');
}

async function readHead(source: Bytes): Promise<string> {
  if ('bytes' in source) return Buffer.from(source.bytes.subarray(0, headBytes)).toString('utf8');
  const file = await open(source.file, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return buffer.subarray(0, bytesRead).toString('utf8');
  } finally {
    await file.close();
  }
}

/** The types whose bytes can be told from any others. */
const recognizable = new Set([...supportedMimeTypes].map(canonicalType)).add('image/svg+xml');

export interface SettledType {
  /** The type to record. */
  mimeType: string;
  /** Set where the sender's word and the bytes differ and that is no error: both, for the record. */
  difference: { declared_mime_type: string; detected_mime_type: string } | null;
}

/**
 * Holds the sender's word against the bytes. Calling something an image, a sound or a video that it is not is an
 * error; any other difference is recorded, and then the bytes have the last word, except that one kind of text may
 * be called another.
 * @throws InvalidInput `unsupported_media_type`
 */
export function settleType(declaredType: string | null | undefined, detectedType: string): SettledType {
  const declared = canonicalType(declaredType ?? '');
  if (declared === '' || declared === unknown || declared.endsWith('/*')) {
    if (declared.endsWith('/*')) refuseContradiction(declared, detectedType);
    return { mimeType: detectedType, difference: null };
  }
  const noSignature =
    detectedType === unknown && !recognizable.has(declared) && familyOf(declared) !== 'text';
  if (noSignature || agree(declared, detectedType)) return { mimeType: declared, difference: null };
  refuseContradiction(declared, detectedType);
  const texts = familyOf(declared) === 'text' && familyOf(detectedType) === 'text';
  const mimeType = texts || detectedType === unknown ? declared : detectedType;
  return { mimeType, difference: { declared_mime_type: declared, detected_mime_type: detectedType } };
}

function refuseContradiction(declared: string, detected: string): void {
  if (!isMedia(declared) || agree(declared, detected)) return;
  const message = `is declared as ${declared}, but the bytes are ${detected}`;
  throw new InvalidInput(
    `the content ${message}`,
    [{ path: 'mime_type', message }],
    'unsupported_media_type',
  );
}
