import { familyOf, openContainers, unknownType } from '../../content/probe/media-type.js';
import { probeContent, type Probe } from '../../content/probe/probe-content.js';
import type { VerifiedBytes } from '../../content/content-store.js';
import { receiveContent } from '../../content/receive-content.js';
import { InvalidInput } from '../../errors.js';
import { cutText } from '../../model/text.js';
import { digestOf, type Sha256 } from '../../model/digest.js';
import { artifactType, type ArtifactType } from '../../model/vocabulary.js';
import type { MediaFacts } from '../../content/probe/media-facts.js';
import { findMedia, type FoundMedia } from './find-media.js';
import type { FileReport } from './file-report.js';
import { placeMedia, type MediaRoots } from './media-path.js';
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

/** How media is read and where its bytes go. */
export interface MediaReader {
  roots: MediaRoots;
  /** A larger file is not taken. */
  maxBytes: number;
  /** For files too large for memory, while they are hashed. */
  scratchDir: string;
  /** Keeps the bytes; a dry run only notes the digest. */
  keep: (content: VerifiedBytes) => Promise<void>;
}

/** One reference, followed to its end. */
interface Followed {
  media: SlotMedia;
  file: FileReport;
  /** Names of what was found, by which another slot may mean the same. */
  identities: string[];
}

/**
 * Reads, judges and keeps the media of one slot: the first of its references that leads to bytes. Each other
 * reference that was tried, or that leads to other bytes, is reported too.
 */
export async function resolveSlot(slot: MediaSlot, reader: MediaReader): Promise<SlotResult> {
  if (slot.text !== undefined) return keepText(slot.text, reader);
  const files: FileReport[] = [];
  const identities = slot.references.map((reference) => `reference:${reference}`);
  let remote: Followed | null = null;
  for (const [position, reference] of slot.references.entries()) {
    const followed = await follow(reference, slot.type, reader);
    if (followed.media.kind === 'stored') {
      const others = slot.references.slice(position + 1);
      files.push(followed.file, ...(await findContradictions(followed, others, slot.type, reader)));
      return { media: followed.media, identities: [...identities, ...followed.identities], files };
    }
    if (followed.media.kind === 'remote') remote ??= followed;
    files.push(followed.file);
  }
  return { media: remote?.media ?? { kind: 'none' }, identities, files };
}

async function keepText(text: string, reader: MediaReader): Promise<SlotResult> {
  const bytes = Buffer.from(text, 'utf8');
  const content = { sha256: digestOf(bytes), sizeBytes: bytes.length, mimeType: 'text/plain' };
  await reader.keep({ ...content, bytes });
  const media: SlotMedia = { kind: 'stored', content, facts: {}, type: 'text', contradicts: false };
  return { media, identities: [], files: [] };
}

/** A reference in a report: an inline image is told by its beginning. */
const shown = (reference: string) => (reference.length > 4096 ? `${cutText(reference, 60)}…` : reference);

async function follow(
  reference: string,
  family: ArtifactType | null,
  reader: MediaReader,
): Promise<Followed> {
  const found = findMedia(reference, reader.roots, reader.maxBytes);
  const path = shown(reference);
  switch (found.outcome) {
    case 'read':
    case 'inline':
      return judge(path, await keepBytes(found.bytes, reader), family, identityOf(found));
    case 'large':
      return keepLarge(path, found, family, reader);
    case 'remote':
      return { media: { kind: 'remote', url: found.url }, file: { path, outcome: 'remote' }, identities: [] };
    case 'missing':
    case 'empty':
    case 'unreadable':
    case 'escapes':
    case 'not_a_file':
    case 'too_large':
      return { media: { kind: 'none' }, file: { path, ...found }, identities: [] };
  }
}

function identityOf(found: Extract<FoundMedia, { outcome: 'read' | 'inline' | 'large' }>): string {
  if (found.outcome !== 'inline') return `file:${found.path}`;
  return `inline:${digestOf(found.bytes)}`;
}

type Kept = { content: StoredContent } & Pick<Probe, 'facts'>;

async function keepBytes(bytes: Uint8Array, reader: MediaReader): Promise<Kept> {
  const { detectedType, facts } = await probeContent({ bytes });
  const content = { sha256: digestOf(bytes), sizeBytes: bytes.length, mimeType: detectedType };
  await reader.keep({ ...content, bytes });
  return { content, facts };
}

/** Through a staged copy that is hashed while it is written, so that what is stored is what was hashed. */
async function keepLarge(
  path: string,
  found: Extract<FoundMedia, { outcome: 'large' }>,
  family: ArtifactType | null,
  reader: MediaReader,
): Promise<Followed> {
  try {
    const declared = { sizeBytes: found.sizeBytes };
    const received = await receiveContent(found.stream, {
      scratchDir: reader.scratchDir,
      declared,
      maxBytes: reader.maxBytes,
    });
    try {
      const bytes = 'file' in received ? { file: received.file } : { bytes: received.bytes };
      const { detectedType, facts } = await probeContent(bytes);
      const content = { sha256: received.sha256, sizeBytes: received.sizeBytes, mimeType: detectedType };
      await reader.keep({ ...content, ...bytes });
      return judge(path, { content, facts }, family, identityOf(found));
    } finally {
      await received.discard();
    }
  } catch (error) {
    // The file grew, shrank or broke while it was read; trouble with the store is not the file's.
    if (!(error instanceof InvalidInput)) throw error;
    return {
      media: { kind: 'none' },
      file: { path, outcome: 'unreadable', reason: error.message },
      identities: [],
    };
  } finally {
    found.stream.destroy();
  }
}

/** Holds the bytes against what the row says they are: they are kept as what they are, and a difference is reported. */
function judge(
  path: string,
  { content, facts }: Kept,
  family: ArtifactType | null,
  identity: string,
): Followed {
  const found = familyOf(content.mimeType);
  const unknown = [unknownType, ...openContainers].includes(content.mimeType);
  const agrees = family === null || unknown || found === family;
  const type: ArtifactType | null =
    agrees && family !== null ? family : (artifactType.safeParse(found).data ?? null);
  const reason = agrees
    ? unknown
      ? 'its bytes are of no known format'
      : undefined
    : `the row says ${family}, the bytes are ${content.mimeType}`;
  return {
    media: {
      kind: 'stored',
      content,
      facts: agrees || type !== null ? facts : {},
      type,
      contradicts: !agrees,
    },
    file: { path, outcome: agrees ? 'stored' : 'contradictory', ...(reason === undefined ? {} : { reason }) },
    identities: [identity],
  };
}

/** Further references of a slot that lead to other bytes than the ones that were taken. */
async function findContradictions(
  taken: Followed,
  references: readonly string[],
  family: ArtifactType | null,
  reader: MediaReader,
): Promise<FileReport[]> {
  const reports: FileReport[] = [];
  for (const reference of references) {
    const place = placeMedia(reference, reader.roots);
    const same =
      place.kind !== 'local' || place.candidates.some((path) => taken.identities.includes(`file:${path}`));
    if (same) continue;
    const { media, file } = await follow(reference, family, { ...reader, keep: () => Promise.resolve() });
    if (media.kind === 'none') reports.push(file);
    else if (
      media.kind === 'stored' &&
      taken.media.kind === 'stored' &&
      media.content.sha256 !== taken.media.content.sha256
    ) {
      reports.push({
        ...file,
        outcome: 'contradictory',
        reason: `other bytes than ${taken.file.path}, which were taken`,
      });
    }
  }
  return reports;
}
