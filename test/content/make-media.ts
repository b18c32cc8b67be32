import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** How each file is made: a second of a moving test picture, of a tone, or of both. */
const recipes: Readonly<Record<string, string>> = {
  'a.mp3': 'sound -b:a 32k',
  'a.mp2': 'sound -b:a 32k',
  'a.m4a': 'sound -b:a 24k',
  'a.aac': 'sound -b:a 24k',
  'a.flac': 'sound -ar 4000',
  'a.ogg': 'sound -c:a libvorbis',
  'a.opus': 'sound -c:a libopus -b:a 24k',
  'a.wav': 'sound -ar 4000',
  'a-rf64.wav': 'sound -ar 4000 -rf64 always',
  'a.aiff': 'sound -ar 4000',
  'a.caf': 'sound -ar 4000',
  'a.wma': 'sound -b:a 24k',
  'a.ac3': 'sound -ar 44100 -b:a 32k',
  'a.webm': 'sound -c:a libopus -b:a 24k',
  'a.mka': 'sound -c:a flac -ar 8000',
  'a.wv': 'sound -ar 8000',
  'a.tta': 'sound -ar 8000',
  'stereo.ogg': 'sound -ac 2 -c:a libvorbis',
  'v.mp4': 'both -pix_fmt yuv420p -b:a 24k',
  'v.mov': 'both -pix_fmt yuv420p -b:a 24k',
  'v.m4v': 'both -pix_fmt yuv420p -b:a 24k',
  'v.webm': 'both -pix_fmt yuv420p -b:v 50k -b:a 24k',
  'v.mkv': 'both -pix_fmt yuv420p',
  'v.3gp': 'both -s 176x144 -ar 8000 -ac 1 -c:a aac -b:a 12k -c:v h263 -q:v 31',
  'v.ogv': 'both -q:v 0 -q:a 0',
  'v.wmv': 'both -q:v 31 -b:a 24k',
  'v.flv': 'both -b:v 30k -b:a 32k',
  'silent.mp4': 'picture -pix_fmt yuv420p',
  'silent.webm': 'picture -pix_fmt yuv420p -b:v 50k',
  'i.png': 'still',
  'i.jpg': 'still',
  'i.gif': 'still',
  'i.webp': 'still',
  'i.avif': 'still',
  'i.bmp': 'still',
  'i.tiff': 'still',
  'i.jp2': 'still',
  'i.ico': 'still',
};

const inputs: Readonly<Record<string, string>> = {
  picture: '-f lavfi -i testsrc=s=64x48:r=10:d=1',
  sound: '-f lavfi -i sine=f=440:r=22050:d=1',
  both: '-f lavfi -i testsrc=s=64x48:r=10:d=1 -f lavfi -i sine=f=440:r=22050:d=1',
  still: '-f lavfi -i testsrc=s=64x48:d=0.1',
};

const fact = z.coerce.number().optional();
const stream = z.object({
  codec_type: z.string(),
  width: fact,
  height: fact,
  channels: fact,
  sample_rate: fact,
  r_frame_rate: z.string().optional(),
});
const probed = z.object({ streams: z.array(stream), format: z.object({ duration: fact }) });

/** What ffprobe says of a file. */
export type FfprobeFacts = z.output<typeof probed>;

export const mediaNames = Object.keys(recipes);
/** Files made before, and what ffprobe said of them, for machines without ffmpeg. */
const keptFolder = join(import.meta.dirname, 'media');

export interface RealMedia {
  file: (name: string) => string;
  facts: (name: string) => FfprobeFacts;
}

/** Real files: made in the folder where ffmpeg is on this machine, else the kept ones. */
export function realMedia(folder: string): RealMedia {
  if (!hasFfmpeg()) {
    const kept = z
      .record(z.string(), probed)
      .parse(JSON.parse(readFileSync(join(keptFolder, 'facts.json'), 'utf8')));
    return {
      file: (name) => join(keptFolder, name),
      facts: (name) => probed.parse(kept[name]),
    };
  }
  makeMedia(folder);
  return { file: (name) => join(folder, name), facts: (name) => ffprobe(join(folder, name)) };
}

function hasFfmpeg(): boolean {
  try {
    execFileSync('ffprobe', ['-version'], { stdio: 'ignore' });
    return true;
  } catch {
    // Not installed: that is the answer.
    return false;
  }
}

function makeMedia(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, recipe] of Object.entries(recipes)) {
    const [input = '', ...options] = recipe.split(' ');
    const still = input === 'still' ? ['-frames:v', '1'] : [];
    const from = (inputs[input] ?? '').split(' ');
    execFileSync('ffmpeg', ['-v', 'error', '-y', ...from, ...options, ...still, join(folder, name)]);
  }
}

function ffprobe(file: string): FfprobeFacts {
  const out = execFileSync('ffprobe', ['-v', 'error', '-of', 'json', '-show_streams', '-show_format', file]);
  return probed.parse(JSON.parse(out.toString()));
}
