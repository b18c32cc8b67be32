import { existsSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';

/** The name under which an old database is recorded: a file's real path, or an address without credentials. */
export function legacySourceName(source: string): string {
  if (!/^postgres(ql)?:\/\//i.test(source))
    return existsSync(source) ? realpathSync(source) : resolve(source);
  if (!URL.canParse(source)) return source;
  const address = new URL(source);
  address.username = address.password = address.search = '';
  return address.href;
}
