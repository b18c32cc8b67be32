import { Unavailable } from '../errors.js';

const tailLines = 15;

/** A local server, or the fetching of one, did not come up: the reason and the end of what it printed. */
export function serverFailed(part: 'neo4j' | 'content', message: string, output: string): Unavailable {
  const tail = output.trimEnd().split('\n').slice(-tailLines).join('\n');
  return new Unavailable(part, tail === '' ? message : `${message}; its last lines:\n${tail}`);
}
