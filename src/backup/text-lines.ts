import { TextDecoder, types } from 'node:util';
import { InvalidInput } from '../errors.js';

/** Characters; a longer line is no line of ours, and would fill the memory. */
const longestLine = 256 * 1024 * 1024;

/**
 * Bytes as lines, without their line feeds. Only a line feed ends a line: node:readline also breaks at U+2028, which
 * JSON may hold.
 * @throws InvalidInput for bytes that are not UTF-8
 */
export async function* textLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let rest = '';
  for await (const chunk of chunks) {
    const parts = (rest + decode(decoder, chunk)).split('\n');
    rest = parts.pop() ?? '';
    if (rest.length > longestLine) throw new InvalidInput('a line is too long for any export');
    yield* parts;
  }
  rest += decode(decoder);
  if (rest !== '') yield rest;
}

function decode(decoder: TextDecoder, chunk?: Uint8Array): string {
  try {
    return decoder.decode(chunk, { stream: chunk !== undefined });
  } catch (error) {
    if (!types.isNativeError(error)) throw error;
    throw new InvalidInput('the bytes are not UTF-8 text', [], 'invalid_input', { cause: error });
  }
}
