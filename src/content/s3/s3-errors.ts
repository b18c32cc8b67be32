import { setTimeout as sleep } from 'node:timers/promises';
import { AppError, IntegrityError, Unavailable, codeOf } from '../../errors.js';
import { messageOf } from '../system-errors.js';
import { isConnectionError, RequestTimedOut, ServerBusy } from './s3-transport.js';

/** The code of an answer that an S3 server gave (`NoSuchKey`, `PreconditionFailed`, …), null for anything else. */
export function s3Code(error: unknown): string | null {
  return codeOf(error);
}

export function isMissing(error: unknown): boolean {
  return ['NoSuchKey', 'NotFound', 'NoSuchVersion'].includes(s3Code(error) ?? '');
}

const wrongBytes = ['XAmzContentSHA256Mismatch', 'XAmzContentChecksumMismatch', 'BadDigest', 'InvalidDigest'];
const noRoom = ['XMinioStorageFull', 'InsufficientStorage', 'XMinioBackendDown', 'QuotaExceeded'];

/** A failed request as what the caller is told; our own errors pass through. */
export function translateS3Error(error: unknown, what: string): AppError {
  if (error instanceof AppError) return error;
  const code = s3Code(error) ?? '';
  const reason = messageOf(error);
  if (wrongBytes.includes(code)) {
    return new IntegrityError(`${what}: the store received other bytes than were sent`, 'equal', code, {
      cause: error,
    });
  }
  if (noRoom.includes(code)) {
    return new Unavailable('content', `${what}: no room left in the store (${code})`, { cause: error });
  }
  return new Unavailable(
    'content',
    `${what}: ${code && !reason.includes(code) ? `${code}: ` : ''}${reason}`,
    {
      cause: error,
    },
  );
}

const attempts = 4;
const firstDelayMs = 100;

/**
 * Runs a request that is safe to repeat, again when the connection failed or the server was busy, with growing
 * pauses of 0.7 s in all; a time-out is not repeated.
 * @throws AppError translated
 */
export async function retrying<T>(what: string, request: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await request();
    } catch (error) {
      if (attempt === attempts || !isWorthRetrying(error)) throw translateS3Error(error, what);
      await sleep(firstDelayMs * 2 ** (attempt - 1) * (0.75 + Math.random() / 2));
    }
  }
}

function isWorthRetrying(error: unknown): boolean {
  return !(error instanceof RequestTimedOut) && (error instanceof ServerBusy || isConnectionError(error));
}
