import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { accessHeaders, patienceOf, type ApiOptions, type Artifact, type NewArtifact } from './api.js';
import { problemOf } from './problem.js';
import { repeat } from './repeat.js';

/** Bytes as they are, a file of this machine, or a stream. */
export type Content = Uint8Array | { file: string } | AsyncIterable<Uint8Array>;

export interface UploadProgress {
  sentBytes: number;
  totalBytes: number;
}
export type OnProgress = (progress: UploadProgress) => void;

export interface Upload {
  facts: NewArtifact;
  content: Content;
  /** The Idempotency-Key. */
  key: string;
  onProgress?: OnProgress | undefined;
}

/** Records an artifact with its bytes, of any size, in constant memory. @throws Problem */
export async function upload(options: ApiOptions, { content, ...asked }: Upload): Promise<Artifact> {
  if (content instanceof Uint8Array) {
    return send(options, asked, { totalBytes: content.length, open: () => pieces(content) });
  }
  if ('file' in content) return sendFile(options, asked, content.file);
  // A stream can be read once, and an upload may have to be repeated.
  const folder = await mkdtemp(join(tmpdir(), 'artifact-graph-client-'));
  try {
    const file = join(folder, 'content');
    await pipeline(content, createWriteStream(file), { signal: options.signal });
    return await sendFile(options, asked, file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Asked = Omit<Upload, 'content'>;

async function sendFile(options: ApiOptions, asked: Asked, file: string): Promise<Artifact> {
  const { size } = await stat(file);
  return send(options, asked, { totalBytes: size, open: () => createReadStream(file) });
}

interface Source {
  totalBytes: number;
  open: () => AsyncIterable<Uint8Array>;
}

async function send(
  options: ApiOptions,
  { facts, key, onProgress }: Asked,
  source: Source,
): Promise<Artifact> {
  const attempt = () =>
    fetch(new URL('/api/v1/artifacts/content', options.url), {
      method: 'POST',
      headers: {
        ...accessHeaders(options),
        'content-type': facts.mime_type ?? 'application/octet-stream',
        'idempotency-key': key,
        'x-artifact': asciiJson({ ...facts, file_size: source.totalBytes }),
      },
      body: counted(source, onProgress),
      duplex: 'half',
      signal: options.signal ?? null,
    });
  const answer = await repeat(attempt, patienceOf(options));
  if (answer.status !== 201) throw problemOf(answer, await answer.json().catch(() => null));
  return (await answer.json()) as Artifact;
}

const pieceBytes = 256 * 1024;

// eslint-disable-next-line @typescript-eslint/require-await -- fetch takes asynchronous pieces
async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
}

async function* counted(
  { open, totalBytes }: Source,
  onProgress: OnProgress | undefined,
): AsyncGenerator<Uint8Array> {
  let sentBytes = 0;
  for await (const piece of open()) {
    yield piece;
    sentBytes += piece.length;
    onProgress?.({ sentBytes, totalBytes });
  }
}

/** JSON that fits into a header, whatever language its texts are in. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
