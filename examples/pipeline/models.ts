import { Readable } from 'node:stream';

/** Stand-ins for models that cost money and time: the pipeline must not call them twice for one thing. */
export const seen = { objects: ['dog', 'moon', 'sail'], mood: 'daring' };

export const tale = 'A dog with a crackling tail sailed to the moon, and was back before the milk boiled.';

const rate = 16_000;

/** A tone for each word, as a WAV that arrives in pieces. */
export function speak(text: string): Readable {
  const words = text.split(' ');
  const samples = words.length * rate * 0.1;
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples * 2, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(samples * 2, 40);
  return Readable.from([head, ...words.map((word) => tone(220 + 20 * word.length))]);
}

function tone(hertz: number): Buffer {
  const samples = Int16Array.from({ length: rate * 0.1 }, (_, n) =>
    Math.round(8000 * Math.sin((2 * Math.PI * hertz * n) / rate)),
  );
  return Buffer.from(samples.buffer);
}
