import { z } from 'zod';
import type { Context } from '../context.js';
import { InvalidInput, IntegrityError, NotFound } from '../errors.js';
import { registerArtifactInput, type Artifact, type RegisterArtifactInput } from '../model/artifact.js';
import { sha256, type Sha256 } from '../model/digest.js';
import { parseInput } from '../model/parse-input.js';
import type { DirectUploads, PresignedRequest } from './content-store.js';
import { findReferenced } from './find-referenced.js';
import { receiveContent } from './receive-content.js';
import { registerStored, storeContent, type ContentToRecord } from './register-content.js';

const mib = 1024 * 1024;
const partLimit = 10_000;
const smallestPart = 5 * mib;
const usualPart = 64 * mib;

const createUploadInput = z.strictObject({
  sizeBytes: z
    .number()
    .int()
    .positive()
    .max(5 * 1024 ** 4),
  /** The SHA-256 of the bytes. With it, up to 5 GiB go in one request, and the store itself refuses other bytes. */
  contentHash: sha256.nullish(),
  /** For how long the requests may be sent. */
  seconds: z.number().int().min(60).max(86_400).default(3600),
});

export interface Upload {
  /** Names the upload to `completeUpload`. */
  uploadId: string;
  /** One request for the whole, or one for each part, in order; none when the store has these bytes already. */
  requests: PresignedRequest[];
  /** Bytes in each part but the last; null for one request. */
  partSize: number | null;
  expiresAt: Date;
}

/**
 * Requests by which a client sends bytes to the store without passing them through the service. Nothing is recorded
 * until `completeUpload` has verified what arrived.
 * @param input sizeBytes, contentHash?, seconds?
 * @throws InvalidInput, also where the store takes no direct uploads
 */
export async function createUpload(ctx: Pick<Context, 'content' | 'clock'>, input: unknown): Promise<Upload> {
  const { sizeBytes, contentHash, seconds } = parseInput(createUploadInput, input);
  const direct = directOf(ctx);
  const expiresAt = new Date(ctx.clock().getTime() + seconds * 1000);
  if (contentHash && sizeBytes <= 5 * 1024 ** 3) {
    const present = (await ctx.content.stat(contentHash)) !== null;
    const requests = present ? [] : [await direct.presignedPut(contentHash, sizeBytes, seconds)];
    return { uploadId: `put.${contentHash}`, requests, partSize: null, expiresAt };
  }
  const partSize = Math.max(usualPart, smallestPart, Math.ceil(sizeBytes / partLimit / mib) * mib);
  const upload = await direct.startParts();
  const count = Math.ceil(sizeBytes / partSize);
  const requests = await Promise.all(
    Array.from({ length: count }, (_, n) => direct.presignedPart(upload, n + 1, seconds)),
  );
  return { uploadId: `parts.${upload}`, requests, partSize, expiresAt };
}

/** An upload whose bytes are verified and in the store. */
export interface ReceivedUpload {
  stored: ContentToRecord;
  /** Removes what is not needed once the artifact is recorded. */
  recorded: () => Promise<void>;
  /** To be called in any case. */
  discard: () => Promise<void>;
}

/**
 * Reads what was uploaded through the one gate, and records the artifact when it is what was promised. May be called
 * again after a failure that was not the bytes' fault.
 * @param input as for registerArtifact
 * @throws NotFound when nothing arrived under this name; IntegrityError, InvalidInput, … as registerContent
 */
export async function completeUpload(ctx: Context, uploadId: string, input: unknown): Promise<Artifact> {
  const { stored, recorded, discard } = await receiveUpload(ctx, uploadId, input);
  try {
    const artifact = await registerStored(ctx, stored);
    await recorded();
    return artifact;
  } finally {
    await discard();
  }
}

/** The part of `completeUpload` before the record. */
export async function receiveUpload(ctx: Context, uploadId: string, input: unknown): Promise<ReceivedUpload> {
  const asked = parseInput(registerArtifactInput, input);
  const [kind, name = ''] = uploadId.split(/\.(.*)/s, 2);
  if (kind === 'put') return receivePut(ctx, parseInput(sha256, name), asked);
  if (kind === 'parts') return receiveParts(ctx, directOf(ctx), name, asked);
  throw new InvalidInput('not the name of an upload', [
    { path: 'upload_id', message: 'is not the name of an upload' },
  ]);
}

async function receivePut(
  ctx: Context,
  promised: Sha256,
  asked: RegisterArtifactInput,
): Promise<ReceivedUpload> {
  if ((asked.contentHash ?? promised) !== promised) {
    throw new IntegrityError('the upload is of another digest', asked.contentHash ?? '', promised);
  }
  if (!(await ctx.content.stat(promised))) throw new NotFound('upload', `put.${promised}`);
  try {
    return await readAndStore(ctx, await ctx.content.open(promised), { ...asked, contentHash: promised });
  } catch (error) {
    // A store that let other bytes through: they must not stay under this digest, unless they are evidence.
    const wrong = error instanceof IntegrityError && error.expected === promised;
    if (wrong && (await findReferenced(ctx, [promised])).size === 0) await ctx.content.remove(promised);
    throw error;
  }
}

async function receiveParts(
  ctx: Context,
  direct: DirectUploads,
  upload: string,
  asked: RegisterArtifactInput,
): Promise<ReceivedUpload> {
  try {
    const received = await readAndStore(ctx, await direct.openJoined(upload), asked);
    return { ...received, recorded: () => direct.discardParts(upload) };
  } catch (error) {
    if (error instanceof IntegrityError) await direct.discardParts(upload);
    throw error;
  }
}

async function readAndStore(
  ctx: Context,
  bytes: AsyncIterable<Uint8Array>,
  asked: RegisterArtifactInput,
): Promise<ReceivedUpload> {
  const declared = { sha256: asked.contentHash ?? undefined, sizeBytes: asked.sizeBytes ?? undefined };
  const received = await receiveContent(bytes, { declared, scratchDir: ctx.content.scratchDir });
  try {
    const stored = await storeContent(ctx, asked, received);
    return { stored, recorded: () => Promise.resolve(), discard: received.discard };
  } catch (error) {
    await received.discard();
    throw error;
  }
}

function directOf({ content }: Pick<Context, 'content'>): DirectUploads {
  if (content.direct) return content.direct;
  throw new InvalidInput('this media store takes no direct uploads: send the bytes to the service');
}
