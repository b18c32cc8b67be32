import { erase } from '../../src/erase/erase.js';
import { openChildContext } from '../support/child-context.js';

/**
 * An erasure in a process of its own, which kills itself at the first removal of bytes. Arguments: the story, the
 * store's folder, and whether that is `before` or `after` the bytes are gone.
 */
const [storyId, folder, when] = process.argv.slice(2);
const ctx = await openChildContext(folder);
const remove = ctx.content.remove.bind(ctx.content);
ctx.content.remove = async (digest) => {
  if (when === 'after') await remove(digest);
  process.kill(process.pid, 'SIGKILL');
  return false;
};
await erase(ctx, { storyId, reason: 'killed' });
