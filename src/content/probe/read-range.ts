import { open } from 'node:fs/promises';

/** Bytes to look at: in memory, or in a file. */
export type Bytes = { bytes: Uint8Array } | { file: string };

/** The bytes alone, whatever else the caller's object holds: what goes to another process. */
export function bareBytes(source: Bytes): Bytes {
  return 'bytes' in source ? { bytes: source.bytes } : { file: source.file };
}

export interface Ranges {
  size: number;
  /** Fewer bytes than asked for at the end. */
  read: (at: number, length: number) => Promise<Buffer>;
}

/** Lets `look` read any part of the bytes; the file is closed afterwards. */
export async function withRanges<T>(source: Bytes, look: (ranges: Ranges) => Promise<T>): Promise<T> {
  if ('bytes' in source) {
    const bytes = Buffer.from(source.bytes.buffer, source.bytes.byteOffset, source.bytes.byteLength);
    return look({
      size: bytes.length,
      read: (at, length) => Promise.resolve(bytes.subarray(at, at + length)),
    });
  }
  const file = await open(source.file, 'r');
  try {
    return await look({
      size: (await file.stat()).size,
      read: async (at, length) => {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at);
        return buffer.subarray(0, bytesRead);
      },
    });
  } finally {
    await file.close();
  }
}
