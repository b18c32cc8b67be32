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
  EROFS: 'its file system takes no changes',
  ENOSPC: 'there is no room left on the disk',
  EDQUOT: 'there is no room left on the disk',
  EADDRINUSE: 'another program uses it',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'there is no such name',
};

/** Why a file cannot be used, in a few words. */
export function reasonOf(error: unknown): string {
  const code = codeOf(error);
  const known = code === null ? undefined : sentences[code];
  if (known !== undefined) return known;
  if (code !== null && /^E[A-Z]+$/.test(code)) return `the system says ${code}`;
  return error instanceof Error ? error.message : String(error);
}
