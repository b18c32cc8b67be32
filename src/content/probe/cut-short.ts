import { withRanges, type Bytes, type Ranges } from './read-range.js';

/**
 * Whether a format that says where it ends goes on behind the last byte: boxes (ISO 14496-12), RIFF, Ogg pages
 * (RFC 3533) and the trailer of a GIF. False for a format that does not say.
 */
export async function isCutShort(source: Bytes): Promise<boolean> {
  return withRanges(source, async (ranges) => {
    const head = (await ranges.read(0, 12)).toString('latin1');
    if (/^....(?:ftyp|styp|moov|moof|mdat|free|wide)/s.test(head)) return endsInsideBox(ranges);
    if (head.startsWith('RIFF')) return (await ranges.read(4, 4)).readUInt32LE() + 8 > ranges.size;
    if (head.startsWith('OggS')) return endsInsidePage(ranges);
    return head.startsWith('GIF8') && !(await ranges.read(Math.max(0, ranges.size - 16), 16)).includes(0x3b);
  });
}

/** A file of more boxes than this is not followed to its end. */
const boxLimit = 10_000;

async function endsInsideBox({ size, read }: Ranges): Promise<boolean> {
  let at = 0;
  for (let boxes = 0; at < size && boxes < boxLimit; boxes++) {
    const header = await read(at, 16);
    if (header.length < 8) return true;
    const stated = header.readUInt32BE();
    // 0: to the end of the file; 1: the size follows in 64 bits.
    if (stated === 0) return false;
    const length = stated === 1 && header.length === 16 ? Number(header.readBigUInt64BE(8)) : stated;
    if (length < 8) return true;
    at += length;
  }
  return at > size;
}

/** The longest page has a header of 282 bytes and 255 segments of 255 bytes. */
const pageLimit = 65_307;

async function endsInsidePage({ size, read }: Ranges): Promise<boolean> {
  const tail = await read(Math.max(0, size - pageLimit), pageLimit);
  const page = tail.subarray(Math.max(0, tail.lastIndexOf('OggS')));
  const segments = page.length < 27 ? null : page.subarray(27, 27 + page.readUInt8(26));
  if (!segments || segments.length < page.readUInt8(26)) return true;
  return page.length < 27 + segments.length + segments.reduce((sum, length) => sum + length, 0);
}
