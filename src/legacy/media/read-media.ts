import { familyOf, openContainers, unknownType } from '../../content/probe/media-type.js';
import type { MediaFacts } from '../../content/probe/media-facts.js';
import { probeContent } from '../../content/probe/probe-content.js';
import { receiveContent } from '../../content/receive-content.js';
import { InvalidInput } from '../../errors.js';
import type { ContentFacts } from '../../model/content.js';
import { digestOf, type Sha256 } from '../../model/digest.js';
import { cutText } from '../../model/text.js';
import { artifactType, type ArtifactType } from '../../model/vocabulary.js';
import type { OldBundle } from '../source/legacy-bundle.js';
import { findMedia, type FileReport, type Inline } from './find-media.js';
import { refusal, type MediaFile, type Refused } from './media-file.js';
import { placeMedia } from './media-path.js';
import { maxFileBytes, type MediaReader } from './media-reader.js';
import { mediaSlots, type MediaSlot } from './media-slots.js';

/** Content that is in the store (in a dry run: would be). */
export type StoredContent = Pick<ContentFacts, 'sha256' | 'sizeBytes' | 'mimeType'>;

/** Media that an old row points at, after its bytes were read, looked at and stored. */
export type SlotMedia =
  | {
      kind: 'stored';
      content: StoredContent;
      facts: MediaFacts;
      /** What its bytes are; null when they are of a kind that no artifact type names. */
      type: ArtifactType | null;
      /** True when that is something else than the old row says. */
      contradicts: boolean;
    }
  | { kind: 'remote'; url: string }
  | { kind: 'none' };

/** What became of a slot: its media, and by which names (references, real path) others may mean the same file. */
export interface SlotResult {
  media: SlotMedia;
  identities: string[];
  files: FileReport[];
}

/**
 * Reads and keeps the media of all slots of a bundle, some at the same time.
 * @returns what became of each slot, by its name
 * @throws Unavailable when the store does not answer
 */
export async function readMedia(
  bundle: OldBundle,
  reader: MediaReader,
): Promise<ReadonlyMap<string, SlotResult>> {
  const slots = mediaSlots(bundle);
  return new Map(
    await reader.limit.map(slots, async (slot) => [slot.name, await readSlot(slot, reader)] as const),
  );
}

/**
 * Reads, judges and keeps the media of one slot: the first of its references that leads to bytes. Each other
 * reference that was tried, or that leads to other bytes, is reported too.
 */
async function readSlot({ references, type, text }: MediaSlot, reader: MediaReader): Promise<SlotResult> {
  if (text !== undefined) return keepText(text, reader);
  const result = nothing(references.map((reference) => `reference:${reference}`));
  for (const [position, reference] of references.entries()) {
    const taken = await follow(reference, type, reader);
    result.files.push(...taken.files);
    if (result.media.kind === 'none' || taken.media.kind === 'stored') result.media = taken.media;
    if (taken.media.kind !== 'stored') continue;
    result.identities.push(...taken.identities);
    for (const other of references.slice(position + 1))
      result.files.push(...(await findContradiction(other, type, taken, reader)));
    break;
  }
  return result;
}

const nothing = (identities: string[], ...files: FileReport[]): SlotResult => ({
  media: { kind: 'none' },
  identities,
  files,
});

async function keepText(text: string, reader: MediaReader): Promise<SlotResult> {
  const bytes = Buffer.from(text, 'utf8');
  const content = { sha256: digestOf(bytes), sizeBytes: bytes.length, mimeType: 'text/plain' };
  await reader.keep({ ...content, bytes });
  const media: SlotMedia = { kind: 'stored', content, facts: {}, type: 'text', contradicts: false };
  return { media, identities: [], files: [] };
}

/** Follows one reference to its end. */
async function follow(
  reference: string,
  expected: ArtifactType | null,
  reader: MediaReader,
): Promise<SlotResult> {
  const found = findMedia(reference, reader.roots, maxFileBytes);
  // An inline image is told by its beginning.
  const path = reference.length > 4096 ? `${cutText(reference, 60)}…` : reference;
  if (found.outcome === 'remote')
    return { ...nothing([], { path, outcome: 'remote' }), media: { kind: 'remote', url: found.url } };
  const kept = await keepFound(found, reader);
  if ('reason' in kept) return nothing([], { path, ...kept });
  const identity = 'path' in found ? `file:${found.path}` : `inline:${kept.content.sha256}`;
  return judge(path, identity, kept, expected);
}

type Hashed = { sha256: Sha256; sizeBytes: number } & ({ bytes: Uint8Array } | { file: string });

/** Bytes that are in the store, and what they are. */
type Kept = Awaited<ReturnType<typeof keepBytes>>;

async function keepBytes(hashed: Hashed, { keep }: MediaReader) {
  const { detectedType, facts } = await probeContent(hashed);
  const { sha256, sizeBytes } = hashed;
  await keep({ ...hashed, mimeType: detectedType });
  return { content: { sha256, sizeBytes, mimeType: detectedType }, facts };
}

/** A large file through a staged copy that is hashed while it is written, so that what is stored is what was hashed. */
async function keepFound(found: MediaFile | Inline, reader: MediaReader): Promise<Kept | Refused> {
  if ('reason' in found) return found;
  if ('bytes' in found) {
    const { bytes } = found;
    return keepBytes({ sha256: digestOf(bytes), sizeBytes: bytes.length, bytes }, reader);
  }
  const { sizeBytes, stream } = found;
  const { scratchDir } = reader;
  try {
    const declared = { sizeBytes };
    const received = await receiveContent(stream, { scratchDir, declared, maxBytes: maxFileBytes });
    return await keepBytes(received, reader).finally(received.discard);
  } catch (error) {
    // The file grew, shrank or broke while it was read; trouble with the store is not the file's.
    if (!(error instanceof InvalidInput)) throw error;
    return refusal('unreadable', error.message);
  } finally {
    stream.destroy();
  }
}

/** Holds the bytes against what the row says they are: they are kept as what they are, and a difference is reported. */
function judge(
  path: string,
  identity: string,
  { content, facts }: Kept,
  expected: ArtifactType | null,
): SlotResult {
  const found = familyOf(content.mimeType);
  const unknown = [unknownType, ...openContainers].includes(content.mimeType);
  const agrees = expected === null || unknown || found === expected;
  const type = agrees && expected !== null ? expected : (artifactType.safeParse(found).data ?? null);
  const kept = { content, facts: agrees || type !== null ? facts : {}, type, contradicts: !agrees };
  const file: FileReport = { path, outcome: agrees ? 'stored' : 'contradictory' };
  if (!agrees) file.reason = `the row says ${expected}, the bytes are ${content.mimeType}`;
  else if (unknown) file.reason = 'its bytes are of no known format';
  return { media: { kind: 'stored', ...kept }, identities: [identity], files: [file] };
}

/** What is told of a further reference of a slot, when it leads to other bytes than the ones that were taken. */
async function findContradiction(
  reference: string,
  expected: ArtifactType | null,
  taken: SlotResult,
  reader: MediaReader,
): Promise<FileReport[]> {
  const place = placeMedia(reference, reader.roots);
  if (place.outcome !== 'local' || place.candidates.some((path) => taken.identities.includes(`file:${path}`)))
    return [];
  const { media, files } = await follow(reference, expected, { ...reader, keep: () => Promise.resolve() });
  if (media.kind === 'none') return files;
  const isOther =
    media.kind === 'stored' &&
    taken.media.kind === 'stored' &&
    media.content.sha256 !== taken.media.content.sha256;
  const reason = `other bytes than ${taken.files[0]?.path}, which were taken`;
  return isOther ? files.map((file) => ({ ...file, outcome: 'contradictory', reason })) : [];
}
