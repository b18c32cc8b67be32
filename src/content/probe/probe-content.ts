import { createReadStream } from 'node:fs';
import { parseBuffer, parseFile } from 'music-metadata';
import { z } from 'zod';
import { factsLane } from '../worker/media-lanes.js';
import { WorkFailed } from '../worker/worker-lane.js';
import { detectTextType } from './detect-text.js';
import { readMediaInfo, type MediaInfo } from './media-info.js';
import { canonicalType, emptyType, familyOf, hasReader, unknownType } from './media-type.js';
import type { MediaFacts } from './media-facts.js';
import { isCutShort } from './cut-short.js';
import { readPlainPicture } from './plain-picture.js';
import { quickFacts } from './quick-facts.js';
import { bareBytes, type Bytes } from './read-range.js';
import { charsetOf } from './decide-type.js';
import { detectSignature } from './signature.js';
import { endsInsideSvg, frameOfSvg, plainSvg, withSize } from './svg-text.js';
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
 * @param declaredType the sender's word, which decides where bytes do not: how a text is encoded, what a number alone is
 */
export async function probeContent(source: Bytes, declaredType: string | null = null): Promise<Probe> {
  const plain = bareBytes(source);
  const quick = 'bytes' in plain ? quickFacts(plain.bytes) : null;
  if (quick) return { detectedType: quick.mimeType, facts: quick.facts };
  const input = 'bytes' in plain ? [plain.bytes] : createReadStream(plain.file);
  const text = await readText(input, charsetOf(declaredType ?? ''));
  if (text) return probeText(plain, text, canonicalType(declaredType ?? ''));
  const wav = await wavFacts(plain);
  if (wav) return { detectedType: 'audio/wav', facts: wav };
  const picture = await readPlainPicture(plain);
  return picture ? { detectedType: picture.type, facts: picture.facts } : probeMedia(plain);
}

async function probeText(source: Bytes, text: FoundText, declared: string): Promise<Probe> {
  if (text.facts.character_count === 0) return { detectedType: emptyType, facts: text.facts };
  const detectedType = detectTextType(text.head, text.whole, declared);
  const picture = detectedType === 'image/svg+xml' ? await svgFacts(source, text) : {};
  return { detectedType, facts: { ...picture, ...text.facts } };
}

/** The size is told by the tag of the root, also of an SVG that nobody can draw. */
async function svgFacts(source: Bytes, { head, whole }: FoundText): Promise<MediaFacts> {
  const read = await readPicture(whole === null ? source : { bytes: plainSvg(whole) });
  if (read.facts) return read.facts;
  const frame = frameOfSvg(head);
  const { facts } = frame === null ? read : await readPicture({ bytes: plainSvg(frame) });
  const isBroken =
    frame !== null && !facts && (await readPicture({ bytes: plainSvg(withSize(frame)) })).refused;
  const damaged = isBroken || (whole !== null && endsInsideSvg(whole));
  return { ...facts, ...(damaged ? { damaged } : {}) };
}

async function probeMedia(source: Bytes): Promise<Probe> {
  const info = await readMediaInfo(source);
  const detectedType = typeByTracks(info, await detectSignature(source));
  if (detectedType === unknownType) return { detectedType, facts: {} };
  const { damaged: told, ...facts } = await factsOf(source, detectedType, info);
  // The general reader takes a size that was never written for one that is not there.
  const damaged = (told && detectedType !== 'audio/wav') || (await isCutShort(source));
  return { detectedType, facts: damaged ? { ...facts, damaged } : facts };
}

async function factsOf(source: Bytes, type: string, info: MediaInfo): Promise<MediaFacts> {
  switch (familyOf(type)) {
    case 'image':
      return pictureFacts(source, type, info);
    case 'audio':
      return info.facts.duration ? info.facts : soundFacts(source, info);
    case 'video':
      return info.facts;
    case 'text':
    case 'other':
      return {};
  }
}

const picture = z.object({ width: z.number(), height: z.number(), damaged: z.boolean() });

/** A picture that its own reader refuses is damaged; of one that has no reader here, nobody knows. */
async function pictureFacts(source: Bytes, type: string, info: MediaInfo): Promise<MediaFacts> {
  const { facts, refused } = await readPicture(source);
  return facts ?? (refused && hasReader(type) ? { ...info.facts, damaged: true } : info.facts);
}

/** No facts where no reader takes the picture (`refused`), or it could not be borne. */
async function readPicture(source: Bytes): Promise<{ facts: MediaFacts | null; refused: boolean }> {
  try {
    const { damaged, ...dimensions } = await factsLane.run('readPicture', source, picture);
    return { facts: damaged ? { ...dimensions, damaged } : dimensions, refused: false };
  } catch (error) {
    if (!(error instanceof WorkFailed)) throw error;
    return { facts: null, refused: error.reason === 'refused' };
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
