import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { codeOf } from '../../errors.js';

/** The request went unanswered, or its answer stalled, for this long. Not worth an immediate retry. */
export class RequestTimedOut extends Error {
  override readonly name = 'RequestTimedOut';

  constructor(readonly idleMs: number) {
    super(`no answer within ${idleMs} ms`);
  }
}

/** The server answered that it cannot serve right now (503 and the like): worth a retry. */
export class ServerBusy extends Error {
  override readonly name = 'ServerBusy';

  constructor(readonly status: number) {
    super(`answered with status ${status}`);
  }
}

const busyStatuses = new Set([408, 429, 500, 502, 503, 504]);

export interface S3Transport {
  agent: http.Agent;
  transport: Pick<typeof http, 'request'>;
}

/**
 * HTTP for the minio client, which by itself waits for ever for a server that stopped answering: here a request
 * whose connection is idle for `idleMs` fails. Time during which our own reader is slow does not count.
 */
export function openTransport(secure: boolean, sockets: number, idleMs: number): S3Transport {
  const { Agent, request } = secure ? https : http;
  const agent = new Agent({
    keepAlive: true,
    maxSockets: sockets,
    maxFreeSockets: sockets,
    scheduling: 'lifo',
  });
  const send = (
    options: http.RequestOptions,
    onResponse?: (response: IncomingMessage) => void,
  ): ClientRequest => {
    let response: IncomingMessage | null = null;
    const sent = request({ ...options, agent }, (answer) => {
      response = answer;
      if (busyStatuses.has(answer.statusCode ?? 0)) {
        answer.resume();
        sent.emit('error', new ServerBusy(answer.statusCode ?? 0));
      } else {
        onResponse?.(answer);
      }
    });
    sent.setTimeout(idleMs, () => {
      if (response && waitsForReader(response)) sent.socket?.setTimeout(idleMs);
      else destroyBoth(sent, response, new RequestTimedOut(idleMs));
    });
    return sent;
  };
  return { agent, transport: { request: send as typeof http.request } };
}

function waitsForReader(response: IncomingMessage): boolean {
  return response.isPaused() || response.readableLength >= response.readableHighWaterMark;
}

function destroyBoth(sent: ClientRequest, response: IncomingMessage | null, error: RequestTimedOut): void {
  response?.destroy(error);
  sent.destroy(error);
}

const connectionCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** True for a failure of the connection rather than an answer of the server. */
export function isConnectionError(error: unknown): boolean {
  return connectionCodes.has(codeOf(error) ?? '');
}
