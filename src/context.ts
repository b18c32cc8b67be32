import type { Logger } from 'pino';
import type { ContentStore } from './content/content-store.js';
import type { Database } from './db/database.js';

/** What every feature function gets as its first argument; made once in open-service.ts, `actor` renewed for each request. */
export interface Context {
  readonly db: Database;
  readonly content: ContentStore;
  readonly clock: () => Date;
  readonly log: Logger;
  /** Who asks: `token:NAME`, `jwt:SUBJECT`, an operating system user on the command line, or `anonymous`. */
  readonly actor: string;
}
