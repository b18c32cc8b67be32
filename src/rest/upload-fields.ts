import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { InvalidInput } from '../errors.js';
import type { RegisterArtifactInput } from '../model/artifact.js';
import { artifactIn } from './artifact-schemas.js';
import type { contentQuery } from './content-schemas.js';
import { parseJsonBody } from '../http/json-body.js';
import { parseRequest } from '../http/validate.js';

/** Types that say nothing: what clients send when nobody told them what the bytes are. */
const undeclared = new Set(['application/octet-stream', 'application/x-www-form-urlencoded', '']);

/**
 * The facts that come along with bytes: the `x-artifact` header, then the query parameters, then the Content-Type.
 * @throws InvalidInput
 */
export function uploadFields(
  { headers }: Pick<FastifyRequest, 'headers'>,
  query: z.output<typeof contentQuery>,
): z.output<typeof artifactIn> {
  const contentType = (headers['content-type'] ?? '').trim();
  const type = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  if (type.startsWith('multipart/')) {
    throw new InvalidInput('send the bytes themselves as the body, not a form', [], 'unsupported_media_type');
  }
  refuseEncoded(headers['content-encoding']);
  const declared = undeclared.has(type) ? {} : { mime_type: contentType };
  return parseRequest(artifactIn, { ...declared, ...headerFields(headers['x-artifact']), ...query });
}

/** A length that is not the one declared is known before any byte has come. @throws InvalidInput */
export function refuseOtherLength(
  { sizeBytes }: Pick<RegisterArtifactInput, 'sizeBytes'>,
  { 'content-length': length }: IncomingHttpHeaders,
): void {
  if (typeof sizeBytes !== 'number' || length === undefined || Number(length) === sizeBytes) return;
  const message = `${sizeBytes} bytes were declared, Content-Length says ${length}`;
  throw new InvalidInput(message, [{ path: 'file_size', message }]);
}

/** Packed bytes would be recorded as what they are not; unpacked ones would not have the digest that was sent. */
function refuseEncoded(encoding: string | undefined): void {
  if (encoding === undefined || /^\s*(identity)?\s*$/i.test(encoding)) return;
  const message = `Content-Encoding ${encoding.slice(0, 50)} is not taken: send the bytes as they are`;
  throw new InvalidInput(message, [{ path: 'content-encoding', message }], 'unsupported_media_type');
}

function headerFields(header: string | string[] | undefined): object {
  if (header === undefined) return {};
  const fields = typeof header === 'string' ? parseHeader(header) : null;
  if (typeof fields === 'object' && fields !== null && !Array.isArray(fields)) return fields;
  throw new InvalidInput('x-artifact is invalid', [
    { path: 'x-artifact', message: 'must be one JSON object' },
  ]);
}

/** Headers arrive as bytes that Node reads as Latin-1; JSON in them is UTF-8. */
function parseHeader(header: string): unknown {
  try {
    return parseJsonBody(Buffer.from(header, 'latin1'));
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    const issues = error.issues.map(({ path, message }) => ({
      path: ['x-artifact', path].filter(Boolean).join('.'),
      message,
    }));
    throw new InvalidInput(error.message, issues, 'invalid_input', { cause: error });
  }
}
