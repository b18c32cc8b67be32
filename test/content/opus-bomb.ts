/** The checksum of a page of Ogg (RFC 3533, section 6). */
function checksum(page: Uint8Array): number {
  let sum = 0;
  for (const byte of page) {
    sum ^= byte << 24;
    for (let bit = 0; bit < 8; bit++) sum = sum < 0 ? (sum << 1) ^ 0x04c1_1db7 : sum << 1;
  }
  return sum >>> 0;
}

function oggPage(packets: readonly Uint8Array[], sequence: number, position: number, flags = 0): Uint8Array {
  const header = Buffer.alloc(27 + packets.length);
  header.write('OggS');
  header.writeUInt8(flags, 5);
  header.writeBigInt64LE(BigInt(position), 6);
  header.writeUInt32LE(1, 14);
  header.writeUInt32LE(sequence, 18);
  header.writeUInt8(packets.length, 26);
  packets.forEach((packet, n) => header.writeUInt8(packet.length, 27 + n));
  const page = Buffer.concat([header, ...packets]);
  page.writeUInt32LE(checksum(page), 22);
  return page;
}

/** Half a minute of silence on each page of 792 bytes: packets of two bytes that stand for 120 ms each (RFC 6716). */
export function opusBomb(pages: number): Uint8Array {
  const head = Buffer.from('OpusHead\x01\x02\0\0\x80\xbb\0\0\0\0\0', 'latin1');
  const tags = Buffer.from('OpusTags\x01\0\0\0a\0\0\0\0', 'latin1');
  const packet = Uint8Array.of((31 << 3) | 4 | 3, 6);
  const sound = Array.from({ length: pages }, (_, n) =>
    oggPage(Array<Uint8Array>(255).fill(packet), n + 2, (n + 1) * 255 * 5760, n === pages - 1 ? 4 : 0),
  );
  return Buffer.concat([oggPage([head], 0, 0, 2), oggPage([tags], 1, 0), ...sound]);
}
