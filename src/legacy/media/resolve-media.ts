import { familyOf, openContainers, unknownType } from '../../content/probe/media-type.js';
import { probeContent, type Probe } from '../../content/probe/probe-content.js';
import { receiveContent } from '../../content/receive-content.js';
import { InvalidInput } from '../../errors.js';
import { cutText } from '../../model/text.js';
import { digestOf, type Sha256 } from '../../model/digest.js';
import { artifactType, type ArtifactType } from '../../model/vocabulary.js';
import type { MediaFacts } from '../../content/probe/media-facts.js';
import { findMedia, type FoundMedia } from './find-media.js';
import type { FileReport } from './file-report.js';
import { placeMedia } from './media-path.js';
import type { MediaReader } from './media-reader.js';
import type { MediaSlot } from './media-slots.js';

/** Content that is in the store (in a dry run: would be). */
export interface StoredContent {
  sha256: Sha256;
  sizeBytes: number;
  mimeType: string;
}

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
 * Reads, judges and keeps the media of one slot: the first of its references that leads to bytes. Each other
 * reference that was tried, or that leads to other bytes, is reported too.
 */
export async function resolveSlot(slot: MediaSlot, reader: MediaReader): Promise<SlotResult> {
  if (slot.text !== undefined) return keepText(slot.text, reader);
  const { references, type } = slot;
  const result = nothing(references.map((reference) => `reference:${reference}`));
  for (const [position, reference] of references.entries()) {
    const { media, identities, files } = await follow(reference, type, reader);
    result.files.push(...files);
    if (result.media.kind === 'none' || media.kind === 'stored') result.media = media;
    if (media.kind !== 'stored') continue;
    result.identities.push(...identities);
    for (const other of references.slice(position + 1))
      result.files.push(...(await findContradiction(other, type, { media, identities, files }, reader)));
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

/** A reference in a report: an inline image is told by its beginning. */
const shown = (reference: string) => (reference.length > 4096 ? `${cutText(reference, 60)}…` : reference);

/** Follows one reference to its end. */
async function follow(
  reference: string,
  expected: ArtifactType | null,
  reader: MediaReader,
): Promise<SlotResult> {
  const found = findMedia(reference, reader.roots, reader.maxBytes);
  const path = shown(reference);
  if (found.outcome === 'remote')
    return {
      media: { kind: 'remote', url: found.url },
      identities: [],
      files: [{ path, outcome: 'remote' }],
    };
  if (found.outcome === 'large') {
    const kept = await keepLarge(found, reader);
    return 'outcome' in kept ? nothing([], { path, ...kept }) : judge(path, kept, expected);
  }
  return 'bytes' in found
    ? judge(path, await keepBytes(found, reader), expected)
    : nothing([], { path, ...found });
}

/** Bytes that are in the store, what they are, and the name by which another reference may mean the same. */
type Kept = { content: StoredContent; identity: string } & Pick<Probe, 'facts'>;

async function keepBytes(found: { path?: string; bytes: Uint8Array }, reader: MediaReader): Promise<Kept> {
  const { path, bytes } = found;
  const { detectedType, facts } = await probeContent({ bytes });
  const content = { sha256: digestOf(bytes), sizeBytes: bytes.length, mimeType: detectedType };
  await reader.keep({ ...content, bytes });
  return { content, facts, identity: path === undefined ? `inline:${content.sha256}` : `file:${path}` };
}

/** Through a staged copy that is hashed while it is written, so that what is stored is what was hashed. */
async function keepLarge(
  { path, sizeBytes, stream }: Extract<FoundMedia, { outcome: 'large' }>,
  { scratchDir, maxBytes, keep }: MediaReader,
): Promise<Kept | { outcome: 'unreadable'; reason: string }> {
  try {
    const received = await receiveContent(stream, { scratchDir, declared: { sizeBytes }, maxBytes });
    try {
      const bytes = 'file' in received ? { file: received.file } : { bytes: received.bytes };
      const { detectedType, facts } = await probeContent(bytes);
      const content = { sha256: received.sha256, sizeBytes: received.sizeBytes, mimeType: detectedType };
      await keep({ ...content, ...bytes });
      return { content, facts, identity: `file:${path}` };
    } finally {
      await received.discard();
    }
  } catch (error) {
    // The file grew, shrank or broke while it was read; trouble with the store is not the file's.
    if (!(error instanceof InvalidInput)) throw error;
    return { outcome: 'unreadable', reason: error.message };
  } finally {
    stream.destroy();
  }
}

/** Holds the bytes against what the row says they are: they are kept as what they are, and a difference is reported. */
function judge(path: string, { content, facts, identity }: Kept, expected: ArtifactType | null): SlotResult {
  const found = familyOf(content.mimeType);
  const unknown = [unknownType, ...openContainers].includes(content.mimeType);
  const agrees = expected === null || unknown || found === expected;
  const type = agrees && expected !== null ? expected : (artifactType.safeParse(found).data ?? null);
  const media: SlotMedia = {
    kind: 'stored',
    content,
    facts: agrees || type !== null ? facts : {},
    type,
    contradicts: !agrees,
  };
  const file: FileReport = { path, outcome: agrees ? 'stored' : 'contradictory' };
  if (!agrees) file.reason = `the row says ${expected}, the bytes are ${content.mimeType}`;
  else if (unknown) file.reason = 'its bytes are of no known format';
  return { media, identities: [identity], files: [file] };
}

/** What is told of a further reference of a slot, when it leads to other bytes than the ones that were taken. */
async function findContradiction(
  reference: string,
  expected: ArtifactType | null,
  taken: SlotResult,
  reader: MediaReader,
): Promise<FileReport[]> {
  const place = placeMedia(reference, reader.roots);
  if (place.kind !== 'local' || place.candidates.some((path) => taken.identities.includes(`file:${path}`)))
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
