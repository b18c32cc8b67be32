import { AppError, Unavailable, codeOf } from '../errors.js';

/** What an error says, without its name. */
export function messageOf(error: unknown): string {
  const carried = typeof error === 'object' && error !== null && 'message' in error ? error.message : error;
  return String(carried);
}

const noRoom = ['ENOSPC', 'EDQUOT'];

/** A failed file operation as what the caller is told; our own errors pass through. */
export function translateDiskError(error: unknown, what: string): AppError {
  if (error instanceof AppError) return error;
  const reason = noRoom.includes(codeOf(error) ?? '') ? 'no room left on the disk' : messageOf(error);
  return new Unavailable('content', `${what}: ${reason}`, { cause: error });
}
