import { codeOf } from '../../errors.js';

const sentences: Record<string, string> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'its name is too long',
  EISDIR: 'it is a folder',
  EEXIST: 'there is another file of that name',
  EBUSY: 'another program uses it',
  EIO: 'the disk fails',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  EROFS: 'its file system takes no changes',
  ENOSPC: 'there is no room left on the disk',
  EDQUOT: 'there is no room left on the disk',
  ECONNREFUSED: 'nobody answers there',
  ETIMEDOUT: 'nobody answers there',
  EADDRINUSE: 'another program uses it',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'there is no such name',
};

/** Why the system refuses a file or an address, in a few words; null for an error that is no refusal of that kind. */
export const refusalOf = (error: unknown): string | null => sentences[codeOf(error) ?? ''] ?? null;

/** Why a file cannot be used, in a few words. */
export function reasonOf(error: unknown): string {
  const known = refusalOf(error);
  if (known !== null) return known;
  const code = codeOf(error);
  if (code !== null && /^E[A-Z]+$/.test(code)) return `the system says ${code}`;
  return error instanceof Error ? error.message : String(error);
}
