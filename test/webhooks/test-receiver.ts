import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

const cloudEvent = z.looseObject({
  id: z.string(),
  type: z.string(),
  subject: z.string(),
  data: z.looseObject({
    id: z.string(),
    cursor: z.string(),
    node_id: z.string(),
    after: z.string().nullable(),
  }),
});

export interface Received {
  headers: Record<string, string>;
  body: string;
  event: z.infer<typeof cloudEvent>;
}

/** Says what to answer to the nth request, counted from 0: a status, or null for no answer at all. */
export type Answering = (n: number, received: Received) => number | null;

export interface TestReceiver {
  url: string;
  port: number;
  /** What it answered with 2xx. */
  accepted: Received[];
  /** How many requests came. */
  asked(): number;
  answer: Answering;
  close(): Promise<void>;
}

/** A real HTTP server that takes webhooks; its answers may be changed while it runs. */
export async function startReceiver(answer: Answering = () => 204, port = 0): Promise<TestReceiver> {
  let count = 0;
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const headers = z.record(z.string(), z.string()).parse(request.headers);
      const received = { headers, body, event: cloudEvent.parse(JSON.parse(body)) };
      const status = receiver.answer(count++, received);
      if (status === null) return;
      if (status < 300) receiver.accepted.push(received);
      response.writeHead(status, { location: '/elsewhere' }).end('whatever');
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  // The address of a TCP server is never a path.
  const { port: bound } = server.address() as AddressInfo;
  const receiver: TestReceiver = {
    url: `http://127.0.0.1:${bound}/hook`,
    port: bound,
    accepted: [],
    asked: () => count,
    answer,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return receiver;
}
