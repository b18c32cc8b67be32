import type { Context } from '../context.js';
import type { ContentStore, VerifiedBytes } from './content-store.js';
import { isWhole } from './open-verified.js';
import { recordOrPutAgain } from './record-contents.js';
import type { ContentFacts } from '../model/content.js';
import { registerArtifact } from '../artifacts/register-artifact.js';
import { registerArtifactInput, type Artifact, type RegisterArtifactInput } from '../model/artifact.js';
import { sha256 as sha256Schema } from '../model/digest.js';
import { jsonObject, type Json } from '../model/json.js';
import { parseInput } from '../model/parse-input.js';
import { familyOf } from './probe/media-type.js';
import { probeContent, type Probe } from './probe/probe-content.js';
import { charsetOf, checkKind, decideType, type DecidedType } from './probe/decide-type.js';
import { receiveContent, type ReceivedContent } from './receive-content.js';

export interface RegisterContentOptions {
  /** Refuses longer content with `too_large`; no limit when absent. */
  maxBytes?: number;
  signal?: AbortSignal;
}

/**
 * Receives bytes of any length, hashed and probed on the way, stores them under their digest once, and records an
 * artifact that has them. The bytes are safe before the artifact exists; whatever fails earlier leaves at most stored
 * bytes that nothing refers to, which a collection removes.
 *
 * `contentHash`, `sizeBytes` and `mimeType` of the input are the sender's word, and are checked. What the bytes tell
 * (dimensions, duration, codec, length of text) is added to `metadata`; where the sender's metadata says otherwise,
 * the sender's value stays and the other is kept beside it under `probed`.
 * @param input as for registerArtifact
 * @throws InvalidInput, also `unsupported_media_type` when the bytes are not of the declared kind
 * @throws IntegrityError when the digest is not `contentHash`
 * @throws NotFound, Conflict as registerArtifact; Unavailable when a store is away or has no room
 */
export async function registerContent(
  ctx: Context,
  input: unknown,
  bytes: AsyncIterable<Uint8Array>,
  options: RegisterContentOptions = {},
): Promise<Artifact> {
  const asked = parseInput(registerArtifactInput, input);
  const declared = { sha256: asked.contentHash ?? undefined, sizeBytes: asked.sizeBytes ?? undefined };
  const received = await receiveContent(bytes, { ...options, declared, scratchDir: ctx.content.scratchDir });
  try {
    return await registerStored(ctx, await storeContent(ctx, asked, received));
  } finally {
    await received.discard();
  }
}

/** Bytes that are in the store, and the artifact that is to be recorded for them. */
export interface ContentToRecord {
  input: RegisterArtifactInput;
  facts: ContentFacts;
  putAgain: () => Promise<void>;
}

/** Records the artifact of stored bytes. */
export function registerStored(ctx: Context, stored: ContentToRecord): Promise<Artifact> {
  return recordOrPutAgain(() => recordStored(ctx, stored), stored.putAgain);
}

/** As `registerStored`, once. @throws ContentGone when the bytes are to be put again */
export function recordStored(ctx: Context, { input, facts }: ContentToRecord): Promise<Artifact> {
  return registerArtifact(ctx, input, facts);
}

/** Stores received bytes, and looks what they are. Nothing is recorded yet. */
export async function storeContent(
  ctx: Context,
  asked: RegisterArtifactInput,
  received: ReceivedContent,
): Promise<ContentToRecord> {
  const probe = await probeContent(received, asked.mimeType);
  const decided = decideType(asked.mimeType, probe.detectedType);
  checkKind(asked.type, decided, probe.detectedType);
  const content = { ...received, mimeType: probe.detectedType };
  const putAgain = async () => {
    await putWhole(ctx.content, content);
    await ctx.content.flush();
  };
  await putAgain();
  const facts = {
    sha256: received.sha256,
    sizeBytes: received.sizeBytes,
    mimeType: probe.detectedType,
    store: ctx.content.kind,
    storedAt: ctx.clock().getTime(),
  };
  return { input: describe(asked, received, decided, probe), facts, putAgain };
}

/** Puts bytes, and replaces what is stored under their digest where that has rotted. */
export async function putWhole(store: ContentStore, content: VerifiedBytes): Promise<void> {
  if ((await store.put(content)) === 'stored') return;
  const stored = await store.stat(content.sha256);
  if (stored && (await isWhole(store, stored, content.sizeBytes))) return;
  await store.put(content, { replace: true });
}

function describe(
  asked: RegisterArtifactInput,
  received: ReceivedContent,
  decided: DecidedType,
  { facts }: Probe,
): RegisterArtifactInput {
  const found = { ...facts, ...declaredCharset(asked, decided), ...decided.difference };
  const metadata = mergeFacts(asked.metadata ?? {}, jsonObject.parse(found));
  return {
    ...asked,
    contentHash: sha256Schema.parse(received.sha256),
    sizeBytes: received.sizeBytes,
    mimeType: decided.mimeType,
    metadata: Object.keys(metadata).length > 0 ? metadata : null,
  };
}

/** The encoding of text is the sender's to name; UTF-8 goes without saying. */
function declaredCharset(asked: RegisterArtifactInput, { mimeType }: DecidedType): { charset?: string } {
  const charset = charsetOf(asked.mimeType ?? '');
  return charset === null || charset === 'utf-8' || familyOf(mimeType) !== 'text' ? {} : { charset };
}

function mergeFacts(given: Record<string, Json>, facts: Record<string, Json>): Record<string, Json> {
  const contradicted = Object.entries(facts).filter(
    ([name, value]) => name in given && given[name] !== value,
  );
  if (contradicted.length === 0) return { ...facts, ...given };
  return { ...facts, probed: Object.fromEntries(contradicted), ...given };
}
