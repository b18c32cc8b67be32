import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * What nginx does with several upstreams and no more settings: requests go to one after the other, and one that cannot be
 * connected to is passed over. A request that was sent is never sent again.
 */
export async function startBalancer(
  upstreams: readonly string[],
): Promise<{ url: string; stop: () => void }> {
  let next = 0;
  const server = http.createServer((request, response) => {
    const body: Buffer[] = [];
    request.on('data', (chunk: Buffer) => body.push(chunk));
    request.on('end', () => send(upstreams.length));
    const send = (left: number) => {
      const to = new URL(request.url ?? '/', upstreams[next++ % upstreams.length]);
      const sent = http.request(to, { method: request.method, headers: request.headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      sent.on('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'ECONNREFUSED' && left > 1) send(left - 1);
        else if (response.headersSent) response.destroy();
        else response.writeHead(502).end();
      });
      sent.end(Buffer.concat(body));
    };
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${port}`, stop };
}
