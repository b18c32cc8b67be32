import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Below the range from which systems pick ports for outgoing connections, so that none of those takes it meanwhile. */
const [first, last] = [20_000, 32_000];

/** The system gives the port of a killed process back a moment after the process is gone. */
const givenBackWithinMs = 2_000;

/** A free port on 127.0.0.1, not one of `taken`: `preferred` unless something goes on listening there, otherwise any. */
export async function freePort(preferred: number | undefined, taken: number[] = []): Promise<number> {
  if (preferred !== undefined && (await becomesFree(preferred))) return preferred;
  for (;;) {
    const port = randomInt(first, last);
    if (!taken.includes(port) && (await isFree(port))) return port;
  }
}

async function becomesFree(port: number): Promise<boolean> {
  for (const until = Date.now() + givenBackWithinMs; Date.now() < until; await sleep(50)) {
    if (await isFree(port)) return true;
  }
  return false;
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
