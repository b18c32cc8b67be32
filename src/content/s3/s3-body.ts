import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { translateS3Error } from './s3-errors.js';

/** The body of an answer, failing with Unavailable when the connection ends before all of it has arrived. */
export function wholeBody(response: IncomingMessage, what: string): Readable {
  return Readable.from(checked(response, what), { objectMode: false, highWaterMark: 256 * 1024 });
}

async function* checked(response: IncomingMessage, what: string): AsyncGenerator<Uint8Array> {
  const expected = Number(response.headers['content-length']);
  let arrived = 0;
  try {
    for await (const chunk of response as AsyncIterable<Uint8Array>) {
      arrived += chunk.length;
      yield chunk;
    }
    if (arrived !== expected) throw new Error(`${arrived} of ${expected} bytes arrived`);
  } catch (error) {
    throw translateS3Error(error, what);
  }
}
