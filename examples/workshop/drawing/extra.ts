import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scene, writeDrawing } from './images.js';
import { run } from './program.js';
import { dogHome, dogSails, dogWakes } from './scenes.js';
import { mixed, musicBox, narrate, rate, speak, writeSound } from './sound.js';

const scenes = [dogWakes, dogSails, dogHome];
const parts = [
  'Lightning Dog ran so fast that his tail crackled, up the last long shadow and off the edge of it.',
  'He steered by the Dog Star, which was only polite, and let down a string, and fished.',
  'On the windowsill sat something the size of a crumb, shining as hard as it could.',
];

/** Media of the runs in runs.json. */
export async function makeExtra(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const file = (name: string): string => join(folder, name);
  for (const [i, paint] of scenes.entries()) {
    await writeDrawing(file(`scene-${i + 1}.webp`), scene(paint));
    await writeDrawing(file(`scene-${i + 1}-papercut.webp`), scene(paint, 'papercut'));
  }
  await writeDrawing(file('scene-2-take-1.webp'), scene(dogSails, 'watercolour'));
  writeSound(
    file('voice-sample.ogg'),
    speak(
      'The quick brown fox is asleep. Please speak softly, and keep your sentences short.',
      'storyteller',
    ),
  );
  const film = makeSound(file);
  makeBedtime(file);
  await makeFilm(folder, film);
}

/** Three spoken parts, the tune, the mix of all; gives the second at which each part begins, and the end. */
function makeSound(file: (name: string) => string): number[] {
  const spoken = parts.map((words) => speak(words, 'storyteller'));
  const starts = [1];
  for (const part of spoken) starts.push((starts.at(-1) ?? 0) + part.length / rate + 0.7);
  const seconds = (starts.at(-1) ?? 0) + 0.8;
  const tune = musicBox('moon boat', seconds);
  spoken.forEach((part, i) => writeSound(file(`part-${i + 1}.ogg`), part));
  writeSound(file('tune.ogg'), tune);
  const mix = mixed(...spoken.map((sound, i) => ({ sound, at: starts[i] ?? 0 })), {
    sound: tune,
    at: 0,
    loudness: 0.34,
  });
  writeSound(file('mix.flac'), mix);
  writeSound(file('mix.mp3'), mix);
  return [...starts.slice(0, parts.length), seconds];
}

/** The same voice reads other stories at bedtime: the voice sample has products in many stories. */
function makeBedtime(file: (name: string) => string): void {
  const bedtime: [string, string][] = [
    ['dragon', 'I made too many, said Ember, who had counted three times.'],
    ['whale', 'Here, said the small one, a bit late, and the ship came in as neatly as a letter.'],
    ['snail', 'On Tuesday it rained, and Sorrel the snail sang.'],
    ['buttons', 'One thousand two hundred and five.'],
  ];
  for (const [name, words] of bedtime)
    writeSound(file(`bedtime-${name}.mp3`), narrate(words, 'storyteller', name));
}

/** A film of the three papercut scenes, each as long as its words, and a small one for slow connections. */
async function makeFilm(folder: string, marks: readonly number[]): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), 'sample-film-'));
  try {
    const inputs: string[] = [];
    for (const [i, paint] of scenes.entries()) {
      const png = join(work, `${i}.png`);
      await writeDrawing(png, scene(paint, 'papercut'));
      const from = i === 0 ? 0 : (marks[i] ?? 0) - 0.6;
      const to = i === scenes.length - 1 ? (marks.at(-1) ?? 0) : (marks[i + 1] ?? 0);
      inputs.push('-loop', '1', '-framerate', '12', '-t', (to - from).toFixed(3), '-i', png);
    }
    const fades = marks.slice(1, 3).map((mark, i) => {
      const [from, to] = [i === 0 ? '[0]' : `[f${i - 1}]`, i === 1 ? '[film]' : `[f${i}]`];
      return `${from}[${i + 1}]xfade=transition=fade:duration=0.6:offset=${(mark - 0.6).toFixed(3)}${to}`;
    });
    const graph = `${fades.join(';')};[film]scale=480:360,format=yuv420p[out]`;
    const exact = ['-threads', '1', '-map_metadata', '-1', '-fflags', '+bitexact', '-flags', '+bitexact'];
    const h264 = [
      '-c:v',
      'libx264',
      '-preset',
      'slow',
      '-crf',
      '31',
      '-tune',
      'stillimage',
      '-g',
      '48',
      '-movflags',
      '+faststart',
    ];
    run('ffmpeg', [
      '-v',
      'error',
      '-y',
      ...inputs,
      '-i',
      join(folder, 'mix.mp3'),
      '-filter_complex',
      graph,
      '-map',
      '[out]',
      '-map',
      '3:a',
      ...h264,
      '-c:a',
      'aac',
      '-b:a',
      '40k',
      ...exact,
      join(folder, 'film.mp4'),
    ]);
    run('ffmpeg', [
      '-v',
      'error',
      '-y',
      '-i',
      join(folder, 'film.mp4'),
      '-vf',
      'scale=240:180',
      ...h264,
      '-c:a',
      'aac',
      '-b:a',
      '24k',
      ...exact,
      join(folder, 'film-small.mp4'),
    ]);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
