import { v5 } from 'uuid';

/** The name space of ids made by the import (a random UUID, fixed for good). */
const namespace = '6f0c2d1a-7be9-4c55-a1d3-f27f5e0b9c48';

/**
 * The id that the import gives to what has none: a name-based UUID (RFC 9562 version 5) of its place in the old data,
 * so that a repeated import makes the same ids.
 */
export function legacyId(...place: string[]): string {
  return v5(Buffer.from(place.join('\u0000')), namespace);
}
