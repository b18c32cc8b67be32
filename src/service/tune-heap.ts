import { setFlagsFromString } from 'node:v8';

/**
 * For a process that answers requests. V8 remembers of each place in the code whether its objects lived long, and then
 * puts further ones among the old. Under load every object of a request lives until the database answers, so that whole
 * requests ended there, 2 kB each, and waited for the next full collection; without that, collecting costs half.
 */
export function tuneHeap(): void {
  setFlagsFromString('--no-allocation-site-pretenuring');
}
