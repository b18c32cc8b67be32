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
