import sharp from 'sharp';

/** Small real media for the sample's runs, made from the imported cover: cheap, and different for each story. */

const width = 480;

/** The drawing's lines alone, as a vision agent would look at it. */
export const lineDrawing = (cover: Buffer): Promise<Buffer> =>
  sharp(cover)
    .resize({ width })
    .greyscale()
    .normalise()
    .convolve({ width: 3, height: 3, kernel: [-1, -1, -1, -1, 9, -1, -1, -1, -1] })
    .png({ palette: true, colours: 16 })
    .toBuffer();

/** The drawing in another light. @param hue degrees around the colour wheel */
export const relit = (cover: Buffer, hue: number): Promise<Buffer> =>
  sharp(cover)
    .resize({ width })
    .modulate({ hue, saturation: 1.2, brightness: 1.05 })
    .blur(1.2)
    .jpeg({ quality: 70 })
    .toBuffer();

/** The same picture in a smaller encoding. */
export const asWebp = (picture: Buffer): Promise<Buffer> => sharp(picture).webp({ quality: 60 }).toBuffer();

const sampleRate = 8000;
const noteSeconds = 0.22;

/** A little tune as WAV, 8 bit mono. @param notes semitones above middle C */
export function tune(notes: readonly number[]): Buffer {
  const perNote = Math.round(sampleRate * noteSeconds);
  const pcm = Buffer.alloc(perNote * notes.length);
  for (const [position, note] of notes.entries()) {
    const frequency = 261.63 * 2 ** (note / 12);
    for (let n = 0; n < perNote; n++) {
      const fade = Math.sin((Math.PI * n) / perNote);
      const wave = Math.sin((2 * Math.PI * frequency * n) / sampleRate);
      pcm[position * perNote + n] = 128 + Math.round(90 * fade * wave);
    }
  }
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + pcm.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate, 28);
  header.writeUInt16LE(1, 32);
  header.writeUInt16LE(8, 34);
  header.write('data', 36);
  header.writeUInt32LE(pcm.length, 40);
  return Buffer.concat([header, pcm]);
}
