import type { Context } from '../context.js';
import { registerArtifact } from '../artifacts/register-artifact.js';
import { registerArtifactInput, type Artifact, type RegisterArtifactInput } from '../model/artifact.js';
import { sha256 as sha256Schema } from '../model/digest.js';
import { jsonObject, type Json } from '../model/json.js';
import { parseInput } from '../model/parse-input.js';
import { familyOf } from './probe/media-type.js';
import { probeContent, type Probe } from './probe/probe-content.js';
import { charsetOf, checkKind, settleType, type SettledType } from './probe/settle-type.js';
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
    return await storeAndRegister(ctx, asked, received);
  } finally {
    await received.discard();
  }
}

/** The part after the gate, shared with direct uploads, whose bytes the store may hold already. */
export async function storeAndRegister(
  ctx: Context,
  asked: RegisterArtifactInput,
  received: ReceivedContent,
): Promise<Artifact> {
  const probe = await probeContent(received);
  const settled = settleType(asked.mimeType, probe.detectedType);
  checkKind(asked.type, settled, probe.detectedType);
  const put = { ...received, mimeType: probe.detectedType };
  const outcome = await ctx.content.put(put);
  await ctx.content.flush();
  const artifact = await registerArtifact(ctx, describe(asked, received, settled, probe), {
    sha256: received.sha256,
    sizeBytes: received.sizeBytes,
    mimeType: probe.detectedType,
    store: ctx.content.kind,
    storedAt: ctx.clock().getTime(),
  });
  // A collection may have removed old bytes between the put that found them and the record of this artifact; now
  // that it is recorded, no collection will. See collect-garbage.ts.
  if (outcome === 'present' && !(await ctx.content.stat(received.sha256))) {
    await ctx.content.put(put);
    await ctx.content.flush();
  }
  return artifact;
}

function describe(
  asked: RegisterArtifactInput,
  received: ReceivedContent,
  settled: SettledType,
  { facts }: Probe,
): RegisterArtifactInput {
  const found = { ...facts, ...declaredCharset(asked, settled), ...settled.difference };
  const metadata = mergeFacts(asked.metadata ?? {}, jsonObject.parse(found));
  return {
    ...asked,
    contentHash: sha256Schema.parse(received.sha256),
    sizeBytes: received.sizeBytes,
    mimeType: settled.mimeType,
    metadata: Object.keys(metadata).length > 0 ? metadata : null,
  };
}

/** The encoding of text is the sender's to name; UTF-8 goes without saying. */
function declaredCharset(asked: RegisterArtifactInput, { mimeType }: SettledType): { charset?: string } {
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
