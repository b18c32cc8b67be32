import { createHash } from 'node:crypto';

/** The name space of ids made by the import (a random UUID, fixed for good). */
const namespace = Buffer.from('6f0c2d1a7be94c55a1d3f27f5e0b9c48', 'hex');

/**
 * The id that the import gives to what has none: a name-based UUID (RFC 9562 version 5) of its place in the old data,
 * so that a repeated import makes the same ids.
 */
export function legacyId(...place: string[]): string {
  const digest = createHash('sha1').update(namespace).update(place.join('\u0000')).digest();
  digest.writeUInt8((digest.readUInt8(6) & 0x0f) | 0x50, 6);
  digest.writeUInt8((digest.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = digest.toString('hex', 0, 16);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
