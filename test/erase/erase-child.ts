import pino from 'pino';
import { DiskStore } from '../../src/content/disk/disk-store.js';
import { Database } from '../../src/db/database.js';
import { erase } from '../../src/erase/erase.js';

/**
 * An erasure in a process of its own, which kills itself at the first removal of bytes. Arguments: the story, the
 * store's folder, and whether that is `before` or `after` the bytes are gone.
 */
const [storyId, folder, when] = process.argv.slice(2);
const { TEST_NEO4J_URI, TEST_NEO4J_USER, TEST_NEO4J_PASSWORD } = process.env;
const db = Database.connect({
  uri: TEST_NEO4J_URI ?? '',
  user: TEST_NEO4J_USER ?? '',
  password: TEST_NEO4J_PASSWORD ?? '',
  database: 'neo4j',
});
const content = await DiskStore.open(folder ?? '');
const remove = content.remove.bind(content);
content.remove = async (digest) => {
  if (when === 'after') await remove(digest);
  process.kill(process.pid, 'SIGKILL');
  return false;
};
const log = pino({ level: 'silent' });
await erase({ db, content, clock: () => new Date(), log, actor: 'child' }, { storyId, reason: 'killed' });
