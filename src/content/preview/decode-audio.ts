import { decodePcmWav } from './decode-wav.js';
import type { Samples } from './samples.js';

interface Decoder {
  ready: Promise<void>;
  decode(bytes: Uint8Array): Decoded | Promise<Decoded>;
  flush?(): Promise<Decoded>;
  free(): void;
}

interface Decoded {
  channelData: Float32Array[];
  sampleRate: number;
}

/**
 * Decodes sound piece by piece, so that memory stays constant: PCM WAV, MP3, Ogg Vorbis and Ogg Opus. Null for any
 * other type. The decoders are WebAssembly, loaded on first use.
 * @param mimeType canonical
 */
export function decodeAudio(
  mimeType: string,
  input: AsyncIterable<Uint8Array>,
): AsyncGenerator<Samples> | null {
  if (mimeType === 'audio/wav') return decodePcmWav(input);
  if (mimeType === 'audio/mpeg') return decodeWith(mp3Decoder, input);
  if (mimeType === 'audio/ogg') return decodeWith(oggDecoder, input);
  return null;
}

async function mp3Decoder(): Promise<Decoder> {
  const { MPEGDecoder } = await import('mpg123-decoder');
  return new MPEGDecoder();
}

/** The first page of an Ogg stream holds the first header of its codec. */
async function oggDecoder(first: Uint8Array): Promise<Decoder> {
  if (Buffer.from(first.subarray(0, 4096)).includes('OpusHead')) {
    const { OggOpusDecoder } = await import('ogg-opus-decoder');
    return new OggOpusDecoder();
  }
  const { OggVorbisDecoder } = await import('@wasm-audio-decoders/ogg-vorbis');
  return new OggVorbisDecoder();
}

async function* decodeWith(
  open: (first: Uint8Array) => Promise<Decoder>,
  input: AsyncIterable<Uint8Array>,
): AsyncGenerator<Samples> {
  let decoder: Decoder | null = null;
  try {
    for await (const chunk of input) {
      decoder ??= await open(chunk);
      await decoder.ready;
      yield* samplesOf(await decoder.decode(chunk));
    }
    if (decoder?.flush) yield* samplesOf(await decoder.flush());
  } finally {
    decoder?.free();
  }
}

function* samplesOf({ channelData, sampleRate }: Decoded): Generator<Samples> {
  if (channelData.length > 0 && sampleRate > 0) yield { channels: channelData, sampleRate };
}
