const sentences: Record<string, string> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'its name is too long',
};

/** The code that the system or a driver gave an error; null when there is none. */
export function codeOf(error: unknown): string | null {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : null;
}

/** Why a file cannot be used, in a few words. */
export function reasonOf(error: unknown): string {
  const code = codeOf(error);
  const known = code === null ? undefined : sentences[code];
  if (known !== undefined) return known;
  if (code !== null && /^E[A-Z]+$/.test(code)) return `the system says ${code}`;
  return error instanceof Error ? error.message : String(error);
}
