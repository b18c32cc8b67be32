import { runLocalServer } from '../../src/local/local-server.js';
import { tinyServer } from './tiny-server.js';

// A command that uses the tiny server of a folder until it is told to stop, or is killed.
const outcome = await runLocalServer(tinyServer(process.argv[2] ?? ''));
if ('died' in outcome) throw outcome.died;
const { details, pid, startedHere, stop } = outcome.ready;
process.send?.({ details, pid, startedHere });
process.once('message', () => void stop().then(() => process.disconnect()));
