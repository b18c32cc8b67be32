import { z } from 'zod';
import { refusalOf } from '../legacy/source/file-trouble.js';

const systemError = z.object({
  code: z.string().regex(/^E[A-Z]+$/),
  syscall: z.string(),
  path: z.string().optional(),
  address: z.string().optional(),
  port: z.number().optional(),
  hostname: z.string().optional(),
});

/**
 * One sentence for a file, folder or address that the system refuses for a reason that lies there. Null for any other
 * error, such as one of the codes that only a mistake in our own code brings (EINVAL, EBADF, ENOTEMPTY): that is told with
 * its stack.
 */
export function refusedBySystem(error: unknown): string | null {
  const { data } = systemError.safeParse(error);
  if (!data) return null;
  const { code, syscall, path, address, port, hostname } = data;
  const place = path ?? (address && port !== undefined ? `${address}:${port}` : (address ?? hostname));
  // Files were looked for where there is no folder: those are missing. Here one was to be used.
  const reason = code === 'ENOTDIR' ? 'a part of its path is no folder' : refusalOf(error);
  return place === undefined || reason === null ? null : `${place} cannot be used (${syscall}): ${reason}`;
}
