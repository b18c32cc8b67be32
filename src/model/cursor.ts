import type { z } from 'zod';
import { InvalidInput } from '../errors.js';

/** A place in an order as an opaque word for addresses. */
export function encodeCursor(place: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/**
 * @param place what the list that is read encodes
 * @param field where the cursor stands in the request
 * @throws InvalidInput for anything that `encodeCursor` did not make of such a place
 */
export function decodeCursor<P extends z.ZodType>(
  cursor: string,
  place: P,
  { field, of }: { field: string; of: 'list' | 'list in this order' | 'feed' },
): z.output<P> {
  const parsed = place.safeParse(parse(cursor));
  if (parsed.success) return parsed.data;
  throw new InvalidInput(`${field} is not a cursor of this ${of}`, [
    { path: field, message: `is not a cursor of this ${of}` },
  ]);
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
