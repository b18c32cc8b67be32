import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { run } from './program.js';
import { between, seededRandom, seedOf } from './random.js';

/** Samples per second of all sound here; one channel, -1 to 1. */
export const rate = 22050;

export interface Voice {
  engine: 'flite' | 'espeak-ng';
  name: string;
  /** 1 is as recorded; 1.3 is a small child. The speed stays. */
  pitch: number;
  /** More than 1 is slower. */
  stretch: number;
}

export const voices = {
  storyteller: { engine: 'flite', name: 'slt', pitch: 1, stretch: 1.04 },
  grandmother: { engine: 'flite', name: 'slt', pitch: 0.92, stretch: 1.16 },
  uncle: { engine: 'flite', name: 'rms', pitch: 1.02, stretch: 1 },
  sailor: { engine: 'flite', name: 'awb', pitch: 0.96, stretch: 1.05 },
  kid: { engine: 'flite', name: 'slt', pitch: 1.24, stretch: 1 },
  whisper: { engine: 'flite', name: 'rms', pitch: 1.3, stretch: 1.08 },
  mandarin: { engine: 'espeak-ng', name: 'cmn', pitch: 1.1, stretch: 0.95 },
} as const satisfies Record<string, Voice>;
export type VoiceName = keyof typeof voices;

export function speak(words: string, name: VoiceName): Float32Array {
  const voice = voices[name];
  const wav = voice.engine === 'flite' ? flite(words, voice) : espeak(words, voice);
  const tempo = `asetrate=${voice.engine === 'flite' ? 16000 : rate}*${voice.pitch},aresample=${rate},atempo=${1 / voice.pitch}`;
  const even = 'highpass=f=90,loudnorm=I=-17:TP=-2,silenceremove=start_periods=1:start_threshold=-50dB';
  const raw = run(
    'ffmpeg',
    [
      '-v',
      'error',
      '-i',
      'pipe:0',
      '-af',
      `${tempo},${even}`,
      '-ac',
      '1',
      '-ar',
      String(rate),
      '-f',
      'f32le',
      'pipe:1',
    ],
    wav,
  );
  return new Float32Array(raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.byteLength));
}

function flite(words: string, voice: Voice): Buffer {
  const work = mkdtempSync(join(tmpdir(), 'sample-speech-'));
  try {
    // flite goes back in its output to write the length, so a pipe will not do.
    const file = join(work, 'speech.wav');
    run('flite', [
      ...['-voice', voice.name, '--setf', `duration_stretch=${voice.stretch}`],
      ...['-t', words, '-o', file],
    ]);
    return readFileSync(file);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function espeak(words: string, voice: Voice): Buffer {
  const wordsPerMinute = String(Math.round(165 / voice.stretch));
  return run('espeak-ng', ['-v', voice.name, '-s', wordsPerMinute, '--stdout', words]);
}

const pentatonic = [0, 2, 4, 7, 9, 12, 14, 16];

function pluck(sound: Float32Array, at: number, semitones: number, loudness: number): void {
  const frequency = 523.25 * 2 ** (semitones / 12);
  const start = Math.round(at * rate);
  for (let i = 0; i < rate * 1.4 && start + i < sound.length; i++) {
    const t = i / rate;
    const tone =
      Math.sin(2 * Math.PI * frequency * t) * Math.exp(-3.2 * t) +
      0.4 * Math.sin(2 * Math.PI * frequency * 3.01 * t) * Math.exp(-7 * t) +
      0.15 * Math.sin(2 * Math.PI * frequency * 5.4 * t) * Math.exp(-14 * t);
    sound[start + i] = (sound[start + i] ?? 0) + tone * loudness * Math.min(1, t * 400);
  }
}

/** A tune of a music box, another one for each name. */
export function musicBox(name: string, seconds: number, loudness = 0.22): Float32Array {
  const random = seededRandom(seedOf(name));
  const sound = new Float32Array(Math.round(seconds * rate));
  const beat = between(random, 0.24, 0.32);
  let place = 3;
  for (let at = 0.05, n = 0; at < seconds - 0.9; at += random() < 0.3 ? beat * 2 : beat, n++) {
    place = Math.max(0, Math.min(pentatonic.length - 1, place + Math.round(between(random, -2.4, 2.4))));
    pluck(sound, at, pentatonic[place] ?? 0, loudness);
    if (n % 4 === 0) pluck(sound, at, (pentatonic[place % 3] ?? 0) - 12, loudness * 0.7);
  }
  for (const [i, semitones] of [0, 4, 7, 12].entries())
    pluck(sound, Math.max(0, seconds - 0.9) + i * 0.07, semitones, loudness * 0.8);
  return sound;
}

/** Sounds over one another, each beginning at its second. */
export function mixed(
  ...parts: readonly { sound: Float32Array; at: number; loudness?: number }[]
): Float32Array {
  const length = Math.max(...parts.map(({ sound, at }) => sound.length + Math.round(at * rate)));
  const whole = new Float32Array(length);
  for (const { sound, at, loudness = 1 } of parts) {
    const start = Math.round(at * rate);
    sound.forEach((value, i) => {
      whole[start + i] = Math.max(-0.98, Math.min(0.98, (whole[start + i] ?? 0) + value * loudness));
    });
  }
  return whole;
}

/** The words over a soft tune that begins before them and ends after them. */
export function narrate(words: string, voice: VoiceName, tune: string): Float32Array {
  const speech = speak(words, voice);
  const seconds = speech.length / rate;
  return mixed({ sound: speech, at: 0.9 }, { sound: musicBox(tune, seconds + 2.2), at: 0, loudness: 0.34 });
}

const codecs: Record<string, string[]> = {
  mp3: ['-c:a', 'libmp3lame', '-b:a', '32k'],
  ogg: ['-c:a', 'libopus', '-b:a', '24k', '-vbr', 'constrained'],
  m4a: ['-c:a', 'aac', '-b:a', '40k', '-movflags', '+faststart'],
  wav: ['-c:a', 'pcm_s16le', '-ar', '16000'],
  flac: ['-c:a', 'flac', '-ar', '12000', '-sample_fmt', 's16'],
};

/** Writes sound in the encoding that the file's ending names; the same sound gives the same bytes. */
export function writeSound(file: string, sound: Float32Array): void {
  mkdirSync(dirname(file), { recursive: true });
  const codec = codecs[file.slice(file.lastIndexOf('.') + 1)];
  if (!codec) throw new Error(`no encoding for ${file}`);
  const raw = Buffer.from(sound.buffer, sound.byteOffset, sound.byteLength);
  const exact = ['-map_metadata', '-1', '-fflags', '+bitexact', '-flags:a', '+bitexact'];
  run(
    'ffmpeg',
    [
      '-v',
      'error',
      '-y',
      '-f',
      'f32le',
      '-ar',
      String(rate),
      '-ac',
      '1',
      '-i',
      'pipe:0',
      ...codec,
      ...exact,
      file,
    ],
    raw,
  );
}
