import { createReadStream } from 'node:fs';
import { fileTypeFromBuffer, fileTypeFromFile } from 'file-type';
import { parseBuffer, parseFile } from 'music-metadata';
import { z } from 'zod';
import { factsLane } from '../worker/media-lanes.js';
import { WorkFailed } from '../worker/worker-lane.js';
import { detectTextType } from './detect-text.js';
import { readMediaInfo, type MediaInfo } from './media-info.js';
import { canonicalType, emptyType, familyOf, unknownType } from './media-type.js';
import type { MediaFacts } from './media-facts.js';
import { isCutShort } from './cut-short.js';
import { quickFacts } from './quick-facts.js';
import { bareBytes, type Bytes } from './read-range.js';
import { readText, type FoundText } from './text-facts.js';
import { typeByTracks } from './track-types.js';
import { wavFacts } from './wav-facts.js';

export interface Probe {
  /** What the bytes are, canonical; `application/octet-stream` when nothing is known of them. */
  detectedType: string;
  facts: MediaFacts;
}

/**
 * Looks at the bytes themselves: first whether they are text throughout, then for a signature that is sure, then at
 * what is inside. Never fails on odd content: facts that cannot be read are left out.
 */
export async function probeContent(source: Bytes): Promise<Probe> {
  const plain = bareBytes(source);
  const quick = 'bytes' in plain ? quickFacts(plain.bytes) : null;
  if (quick) return { detectedType: quick.mimeType, facts: quick.facts };
  const text = await readText('bytes' in plain ? [plain.bytes] : createReadStream(plain.file));
  if (text) return probeText(plain, text);
  const wav = await wavFacts(plain);
  return wav ? { detectedType: 'audio/wav', facts: wav } : probeMedia(plain);
}

async function probeText(source: Bytes, text: FoundText): Promise<Probe> {
  if (text.facts.character_count === 0) return { detectedType: emptyType, facts: text.facts };
  const detectedType = detectTextType(text.head, text.whole);
  if (detectedType !== 'image/svg+xml') return { detectedType, facts: text.facts };
  const picture = await pictureFacts(text.whole === null ? source : { bytes: plainSvg(text.whole) });
  return { detectedType, facts: { ...picture, ...text.facts } };
}

/** An SVG as its reader expects it: UTF-8, with the tag told within the first thousand bytes, however long its prolog. */
export function plainSvg(text: string): Uint8Array {
  return Buffer.from(`<!--<svg -->${text.trimStart().replace(/^<\?xml[^>]*\?>/, '')}`);
}

async function probeMedia(source: Bytes): Promise<Probe> {
  const info = await readMediaInfo(source);
  const detectedType = typeByTracks(info, await detectSignature(source));
  if (detectedType === unknownType) return { detectedType, facts: {} };
  const facts = await factsOf(source, detectedType, info);
  const damaged = facts.damaged ?? (await isCutShort(source));
  return { detectedType, facts: damaged ? { ...facts, damaged } : facts };
}

async function factsOf(source: Bytes, type: string, info: MediaInfo): Promise<MediaFacts> {
  switch (familyOf(type)) {
    case 'image':
      return (await pictureFacts(source)) ?? info.facts;
    case 'audio':
      return info.facts.duration ? info.facts : soundFacts(source, info);
    case 'video':
      return info.facts;
    case 'text':
    case 'other':
      return {};
  }
}

async function detectSignature(source: Bytes): Promise<string | null> {
  const found =
    'bytes' in source ? await fileTypeFromBuffer(source.bytes) : await fileTypeFromFile(source.file);
  return found ? canonicalType(found.mime) : null;
}

const picture = z.object({ width: z.number(), height: z.number(), damaged: z.boolean() });

/** Null where there is no reader for such pictures, or it could not be borne. */
async function pictureFacts(source: Bytes): Promise<MediaFacts | null> {
  try {
    const { damaged, ...dimensions } = await factsLane.run('readPicture', source, picture);
    return damaged ? { ...dimensions, damaged } : dimensions;
  } catch (error) {
    if (error instanceof WorkFailed) return null;
    throw error;
  }
}

/** Sounds of which the general reader does not tell the length: raw AAC, WavPack, Musepack. */
async function soundFacts(source: Bytes, { facts }: MediaInfo): Promise<MediaFacts> {
  const options = { duration: true, skipCovers: true };
  try {
    const { format } =
      'bytes' in source
        ? await parseBuffer(source.bytes, undefined, options)
        : await parseFile(source.file, options);
    const { duration, codec, numberOfChannels: channels, sampleRate: sample_rate } = format;
    const found = { duration, codec, audio_codec: codec, channels, sample_rate };
    return { ...Object.fromEntries(Object.entries(found).filter(([, value]) => Boolean(value))), ...facts };
  } catch {
    // The type is known, these facts are not.
    return facts;
  }
}
