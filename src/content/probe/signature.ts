import { fileTypeFromBuffer, fileTypeFromFile } from 'file-type';
import { canonicalType } from './media-type.js';
import { withRanges, type Bytes } from './read-range.js';
import { beginsLikeWav } from './wav-facts.js';

/** Pictures in the boxes of ISO 14496-12 by their brands (ISO 23008-12, AV1 Image File Format); the surer first. */
const stillBrands: readonly (readonly [type: string, brands: string])[] = [
  ['image/avif', 'avif avis'],
  ['image/heic', 'heic heix heim heis hevc hevx hevm hevs'],
  ['image/heif', 'mif1 msf1 miaf'],
];

/** Whether a type is one of them: such a file is a picture, also where it has the tracks of a film. */
export const isBoxedPicture = (type: string) => stillBrands.some(([name]) => name === type);

function typeOfBrands(brands: readonly string[]): string | null {
  return (
    stillBrands.find(([, names]) => brands.some((brand) => names.split(' ').includes(brand)))?.[0] ?? null
  );
}

/** The type that the first bytes tell, canonical; null where they tell none, or only seem to. */
export async function detectSignature(source: Bytes): Promise<string | null> {
  const head = await withRanges(source, ({ read }) => read(0, 512));
  const start = head.toString('latin1');
  if (beginsLikeWav(start)) return 'audio/wav';
  if (start.startsWith('GIF') && !/^GIF8[79]a/.test(start)) return null;
  const still = start.startsWith('ftyp', 4) ? stillOf(head) : null;
  if (still !== null) return still;
  const found =
    'bytes' in source ? await fileTypeFromBuffer(source.bytes) : await fileTypeFromFile(source.file);
  if (found) return canonicalType(found.mime);
  // Its directory often lies at the end, which may be gone (TIFF 6.0, section 2).
  return /^(?:II\*\0|MM\0\*)/.test(start) ? 'image/tiff' : null;
}

/** The major brand decides whether it is a picture at all, then the others of which kind. */
function stillOf(head: Buffer): string | null {
  const end = Math.min(head.readUInt32BE(0), head.length);
  const brands = [8, ...Array.from({ length: Math.max(0, end - 16) >> 2 }, (_, n) => 16 + 4 * n)];
  const [major = '', ...others] = brands.map((at) => head.toString('latin1', at, at + 4));
  return typeOfBrands([major]) && typeOfBrands([major, ...others]);
}
