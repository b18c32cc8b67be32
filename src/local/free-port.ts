import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below the range from which systems pick ports for outgoing connections, so that none of those takes it meanwhile. */
const [first, last] = [20_000, 32_000];

/** A free port on 127.0.0.1, not one of `taken`: `preferred` if nothing listens there, otherwise any. */
export async function freePort(preferred: number | undefined, taken: number[] = []): Promise<number> {
  if (preferred !== undefined && (await isFree(preferred))) return preferred;
  for (;;) {
    const port = randomInt(first, last);
    if (!taken.includes(port) && (await isFree(port))) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' || error.code === 'EACCES' ? resolve(false) : reject(error),
    );
    server.listen({ port, host: '127.0.0.1' }, () => server.close(() => resolve(true)));
  });
}
