import { join } from 'node:path';
import { z } from 'zod';
import { freePort } from '../../src/local/free-port.js';
import type { ServerKind } from '../../src/local/local-server.js';

const details = z.object({ port: z.number().int() });
export type TinyDetails = z.infer<typeof details>;

const listens = `
const port = Number(process.argv[1]);
require('node:http').createServer((request, response) => response.end('tiny')).listen(port, '127.0.0.1');
`;
const ignoresSigterm = `process.on('SIGTERM', () => undefined); ${listens}`;
const dies = `console.log('the disk is on fire'); process.exit(3);`;
const neverReady = `setInterval(() => undefined, 1000);`;

const programs = { listens, ignoresSigterm, dies, neverReady };

/** A server that is up in a tenth of a second, to try how any server is found, taken over and ended. */
export function tinyServer(
  folder: string,
  behaviour: keyof typeof programs = 'listens',
  changes: Partial<ServerKind<TinyDetails>> = {},
): ServerKind<TinyDetails> {
  return {
    name: 'Tiny',
    part: 'content',
    folder: join(folder, 'tiny'),
    details,
    prepare: async (previous) => {
      const port = await freePort(previous?.port);
      return {
        details: { port },
        command: process.execPath,
        args: ['-e', programs[behaviour], String(port)],
      };
    },
    isReady: ({ port }) => answers(port),
    readyWithinMs: 20_000,
    stopWithinMs: 5_000,
    onProgress: () => undefined,
    ...changes,
  };
}

export async function answers(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}`).then(
    (response) => response.ok,
    () => false,
  );
}
