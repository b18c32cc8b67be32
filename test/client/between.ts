import { createServer, request as send } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** What becomes of the answer to a writing request: the client gets it, or a 503 instead, or the connection breaks. */
export type Fate = 'answered' | 'lost' | 'refused';

export interface Written {
  /** Writing requests so far, this one included. */
  count: number;
  /** The service had done this before. */
  isReplay: boolean;
}

export interface Between {
  url: string;
  count(): number;
  close(): Promise<void>;
}

/** Stands between a client and a service. `decide` hears of a writing request once the service has carried it out. */
export async function openBetween(url: string, decide: (written: Written) => Fate): Promise<Between> {
  let count = 0;
  const server = createServer((request, response) => {
    const { method = 'GET', headers } = request;
    const onward = send(new URL(request.url ?? '/', url), { method, headers }, (answer) => {
      const isReplay = answer.headers['idempotency-replayed'] === 'true';
      const fate = method === 'GET' ? 'answered' : decide({ count: ++count, isReplay });
      if (fate === 'answered') {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
        return;
      }
      answer.resume();
      if (fate === 'lost') request.socket.destroy();
      else response.writeHead(503, { 'retry-after': '0' }).end('{}');
    });
    onward.on('error', () => request.socket.destroy());
    request.on('error', () => onward.destroy());
    request.pipe(onward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    count: () => count,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
