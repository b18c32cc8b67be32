import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import sharp from 'sharp';
import { openSheet } from './brush.js';
import type { MediumName } from './medium.js';
import type { Picture } from './picture.js';

export interface Drawing {
  paint: Picture;
  medium: MediumName;
  /** Pixels. */
  width: number;
  height: number;
}

export const cover = (paint: Picture, medium: MediumName = 'crayon'): Drawing => ({
  paint,
  medium,
  width: 600,
  height: 600,
});
export const scene = (paint: Picture, medium: MediumName = 'crayon'): Drawing => ({
  paint,
  medium,
  width: 600,
  height: 450,
});

/** Paints and writes a drawing in the format that the file's ending names; the same drawing gives the same bytes. */
export async function writeDrawing(file: string, { paint, medium, width, height }: Drawing): Promise<void> {
  mkdirSync(dirname(file), { recursive: true });
  // The hand is named after the picture alone, so that two media show the same strokes.
  const sheet = openSheet(paint.name, width, height, medium);
  paint(sheet);
  const image = sharp(Buffer.from(sheet.svg())).flatten();
  if (file.endsWith('.png')) await image.png({ palette: true, colours: 40, effort: 10 }).toFile(file);
  else if (file.endsWith('.webp')) await image.webp({ quality: 62, effort: 6 }).toFile(file);
  else await image.jpeg({ quality: 72, mozjpeg: true }).toFile(file);
}
