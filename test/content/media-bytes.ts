/** A PCM WAV of 16 bits holding a sine of 220 Hz, so that it also sounds and draws like something. */
export function wav({
  seconds,
  sampleRate,
  channels,
}: {
  seconds: number;
  sampleRate: number;
  channels: number;
}): Buffer {
  const frames = Math.round(seconds * sampleRate);
  const data = Buffer.alloc(frames * channels * 2);
  for (let at = 0; at < frames * channels; at++) {
    const time = Math.floor(at / channels) / sampleRate;
    data.writeInt16LE(Math.round(16_000 * Math.sin(2 * Math.PI * 220 * time)), at * 2);
  }
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + data.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * channels * 2, 28);
  header.writeUInt16LE(channels * 2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(data.length, 40);
  return Buffer.concat([header, data]);
}

/** Silent MPEG-1 layer III, 128 kbit/s, 44.1 kHz, stereo: frames of 417 bytes. */
export function mp3({ frames }: { frames: number }): Buffer {
  const frame = Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0x64]), Buffer.alloc(413)]);
  return Buffer.concat(Array.from({ length: frames }, () => frame));
}

/** A second of a loud sound and then silence, at 8 kHz, in a WAV that has its numbers big end first. */
export function rifx({ tag, bits, width }: { tag: number; bits: number; width: number }): Buffer {
  const data = Buffer.alloc(8000 * width, width === 1 ? 128 : 0);
  for (let at = 0; at < 4000 * width; at += width) {
    if (tag === 3 && width === 8) data.writeDoubleBE(0.5, at);
    else if (tag === 3) data.writeFloatBE(0.5, at);
    else if (width === 1) data.writeUInt8(192, at);
    else data.writeIntBE(2 ** (8 * width - 2), at, width);
  }
  const header = Buffer.alloc(44);
  header.write('RIFX\0\0\0\0WAVEfmt ', 'latin1');
  header.writeUInt32BE(36 + data.length, 4);
  header.writeUInt32BE(16, 16);
  header.writeUInt16BE(tag, 20);
  header.writeUInt16BE(1, 22);
  header.writeUInt32BE(8000, 24);
  header.writeUInt32BE(8000 * width, 28);
  header.writeUInt16BE(width, 32);
  header.writeUInt16BE(bits, 34);
  header.write('data', 36);
  header.writeUInt32BE(data.length, 40);
  return Buffer.concat([header, data]);
}
