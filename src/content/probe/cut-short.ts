import { withRanges, type Bytes, type Ranges } from './read-range.js';
import { unwrittenFrom } from './wav-facts.js';

/** The length of a file by what stands in it; null where it does not say. */
type StatedEnd = (ranges: Ranges) => Promise<number | null>;

const endings: readonly (readonly [begins: RegExp, goesOn: (ranges: Ranges) => Promise<boolean>])[] = [
  // ISO 14496-12, and pictures in its boxes: JPEG 2000 (ISO 15444-1, annex I), JPEG XL (ISO 18181-2).
  [/^....(?:ftyp|styp|moov|moof|mdat|free|wide|jP {2}|JXL )/s, endsInsideBox],
  [/^(?:RIF[FX].{4}|FORM.{4}AIF[CF])/s, passes(endOfChunks)],
  [/^\.snd/, passes(endOfAu)],
  [/^OggS/, endsInsidePage],
  [/^GIF8/, endsWithoutTrailer],
  [/^\xff\xd8\xff/, endsInsideJpeg],
  [/^\x89PNG/, endsInsidePng],
  [/^\xff\x4f\xff\x51/, endsInsideCodestream],
];

/** Whether a format that says where it ends goes on behind the last byte. False for a format that does not say. */
export async function isCutShort(source: Bytes): Promise<boolean> {
  return withRanges(source, async (ranges) => {
    const head = (await ranges.read(0, 12)).toString('latin1');
    const goesOn = endings.find(([begins]) => begins.test(head))?.[1];
    return goesOn ? goesOn(ranges) : false;
  });
}

function passes(stated: StatedEnd): (ranges: Ranges) => Promise<boolean> {
  return async (ranges) => ((await stated(ranges)) ?? 0) > ranges.size;
}

/** RIFF, and the same with its numbers the other way round: RIFX, AIFF. */
async function endOfChunks({ read }: Ranges): Promise<number | null> {
  const head = await read(0, 8);
  const size = head.toString('latin1', 0, 4) === 'RIFF' ? head.readUInt32LE(4) : head.readUInt32BE(4);
  return size >= unwrittenFrom ? null : size + 8;
}

async function endOfAu({ read }: Ranges): Promise<number | null> {
  const head = await read(0, 12);
  if (head.length < 12) return Infinity;
  const size = head.readUInt32BE(8);
  return size >= unwrittenFrom ? null : head.readUInt32BE(4) + size;
}

/**
 * ITU-T T.81, B.1: segments up to the first scan, behind which the marker of the end stands in no packed data. Decoders
 * pass over bytes that are no segment, so from these on it is looked for as well.
 */
async function endsInsideJpeg({ size, read }: Ranges): Promise<boolean> {
  let at = 2;
  for (let marker = 0, segments = 0; marker !== startOfScan && segments < segmentLimit; segments++) {
    const segment = await read(at, 4);
    if (segment.length < 4) return true;
    marker = segment.readUInt16BE();
    if (marker <= 0xff00) break;
    // Any number of bytes of all bits set may stand before a marker.
    at += marker === 0xffff ? 1 : 2 + segment.readUInt16BE(2);
  }
  for (; at < size; at += searchedAtOnce - 1) {
    if ((await read(at, searchedAtOnce)).includes(endOfImage)) return false;
  }
  return true;
}

const startOfScan = 0xffda;
const endOfImage = Buffer.from([0xff, 0xd9]);
const searchedAtOnce = 1 << 20;

/** PNG specification (third edition), 5.3: chunk after chunk to IEND. */
async function endsInsidePng({ size, read }: Ranges): Promise<boolean> {
  for (let at = 8, chunks = 0; chunks < chunkLimit; chunks++) {
    const head = await read(at, 8);
    if (head.length < 8) return true;
    at += 12 + head.readUInt32BE();
    if (at > size) return true;
    if (head.toString('latin1', 4) === 'IEND') return false;
  }
  return false;
}

/** More chunks, boxes or segments than this are not followed one by one. */
const [chunkLimit, boxLimit, segmentLimit] = [100_000, 10_000, 10_000];

/** Behind the trailer there may be padding. */
async function endsWithoutTrailer({ size, read }: Ranges): Promise<boolean> {
  const tail = await read(Math.max(0, size - 65_536), 65_536);
  const end = tail.findLastIndex((byte) => byte !== 0) + 1;
  return !tail.subarray(Math.max(0, end - 16), end).includes(0x3b);
}

/** JPEG 2000 ends with the marker EOC (ISO 15444-1, A.4.4). */
async function endsInsideCodestream({ size, read }: Ranges): Promise<boolean> {
  const tail = await read(Math.max(0, size - 2), 2);
  return !(tail.length === 2 && tail.readUInt16BE() === 0xffd9);
}

async function endsInsideBox(ranges: Ranges): Promise<boolean> {
  const { size, read } = ranges;
  let at = 0;
  for (let boxes = 0; at < size && boxes < boxLimit; boxes++) {
    const header = await read(at, 16);
    if (header.length < 8) return true;
    const stated = header.readUInt32BE();
    // 0: to the end of the file; 1: the size follows in 64 bits.
    if (stated === 0) return header.toString('latin1', 4, 8) === 'jp2c' && endsInsideCodestream(ranges);
    const length = stated === 1 && header.length === 16 ? Number(header.readBigUInt64BE(8)) : stated;
    if (length < 8) return true;
    at += length;
  }
  return at > size;
}

/** The longest page has a header of 282 bytes and 255 segments of 255 bytes (RFC 3533). */
const pageLimit = 65_307;

async function endsInsidePage({ size, read }: Ranges): Promise<boolean> {
  const tail = await read(Math.max(0, size - pageLimit), pageLimit);
  const page = tail.subarray(Math.max(0, tail.lastIndexOf('OggS')));
  const segments = page.length < 27 ? null : page.subarray(27, 27 + page.readUInt8(26));
  if (!segments || segments.length < page.readUInt8(26)) return true;
  return page.length < 27 + segments.length + segments.reduce((sum, length) => sum + length, 0);
}
