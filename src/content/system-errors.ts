import { AppError, Unavailable } from '../errors.js';

/** The `code` of an error of the system, a server or a library, null for anything else. */
export function codeOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

/** True for a system error with this code (`ENOENT`, `EEXIST`, …). */
export function hasCode(error: unknown, code: string): boolean {
  return codeOf(error) === code;
}

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
