import { withRanges, type Bytes } from './read-range.js';
import type { MediaFacts } from './media-facts.js';

interface PlainPicture {
  type: 'image/bmp' | 'image/x-icon';
  width: number;
  height: number;
  /** Bytes of the whole file, by what stands in its header. */
  end: number;
}

/** The largest directory of an icon, of 255 pictures. */
const headBytes = 6 + 16 * 255;

/**
 * Windows and OS/2 bitmaps, icons and cursors: what their headers say all of, however much of them is there. Their first
 * letters alone would be no proof, so the whole header has to make sense. Null for anything else.
 */
export async function readPlainPicture(source: Bytes): Promise<{ type: string; facts: MediaFacts } | null> {
  return withRanges(source, async ({ size, read }) => {
    const head = await read(0, headBytes);
    const found = readBitmap(head) ?? readIcon(head);
    if (!found) return null;
    const { type, width, height, end } = found;
    return { type, facts: end > size ? { width, height, damaged: true } : { width, height } };
  });
}

const bitmapHeaders = [12, 40, 52, 56, 64, 108, 124];
const bitmapDepths = [1, 2, 4, 8, 16, 24, 32];
/** Where nothing is packed: BI_RGB, BI_BITFIELDS, BI_ALPHABITFIELDS. In the header of OS/2 2.0, 3 is Huffman's packing. */
const unpacked = (packing: number, headerBytes: number) =>
  packing === 0 || (headerBytes !== 64 && [3, 6].includes(packing));

/** Rows of four bytes' multiples where nothing is packed, else as many bytes as the header says. */
function readBitmap(head: Buffer): PlainPicture | null {
  if (head.length < 26 || head.toString('latin1', 0, 2) !== 'BM') return null;
  const [pixelsAt, headerBytes] = [head.readUInt32LE(10), head.readUInt32LE(14)];
  const isOld = headerBytes === 12;
  if (!bitmapHeaders.includes(headerBytes) || (!isOld && head.length < 38)) return null;
  const [width, tall] = isOld
    ? [head.readUInt16LE(18), head.readInt16LE(20)]
    : [head.readInt32LE(18), head.readInt32LE(22)];
  const [planes, bits] = isOld
    ? [head.readUInt16LE(22), head.readUInt16LE(24)]
    : [head.readUInt16LE(26), head.readUInt16LE(28)];
  const height = Math.abs(tall);
  if (planes !== 1 || width <= 0 || height === 0 || pixelsAt < 14 + headerBytes) return null;
  if (!bitmapDepths.includes(bits)) return null;
  const packing = isOld ? 0 : head.readUInt32LE(30);
  const bytes = unpacked(packing, headerBytes)
    ? 4 * Math.ceil((width * bits) / 32) * height
    : head.readUInt32LE(34);
  return { type: 'image/bmp', width, height, end: pixelsAt + bytes };
}

/** A directory of pictures, each with its size and place; the largest speaks for all. */
function readIcon(head: Buffer): PlainPicture | null {
  if (head.length < 22 || head.readUInt16LE(0) !== 0 || ![1, 2].includes(head.readUInt16LE(2))) return null;
  const count = head.readUInt16LE(4);
  const directoryEnd = 6 + 16 * count;
  if (count === 0 || head.length < directoryEnd) return null;
  const entries = Array.from({ length: count }, (_, n) => {
    const at = 6 + 16 * n;
    // 0 stands for 256.
    const [width, height] = [head.readUInt8(at) || 256, head.readUInt8(at + 1) || 256];
    return { width, height, bytes: head.readUInt32LE(at + 8), at: head.readUInt32LE(at + 12) };
  });
  if (entries.some((entry) => entry.bytes === 0 || entry.at < directoryEnd)) return null;
  const largest = entries.reduce((one, other) =>
    other.width * other.height > one.width * one.height ? other : one,
  );
  const end = Math.max(...entries.map((entry) => entry.at + entry.bytes));
  return { type: 'image/x-icon', width: largest.width, height: largest.height, end };
}
