import { lookup } from 'node:dns';
import { request as requestPlain, Agent as PlainAgent, type RequestOptions } from 'node:http';
import { request as requestTls, Agent as TlsAgent } from 'node:https';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { z } from 'zod';

/** Milliseconds for one attempt, by default. */
export const attemptMs = 10_000;
/** Bytes of an answer that are taken; nothing in them counts. */
const answerLimit = 64 * 1024;

/** Networks of the receiver's own: loopback, private, link-local (where clouds keep credentials), and the like. */
export function isPrivateAddress(address: string): boolean {
  return !ipaddr.isValid(address) || ipaddr.process(address).range() !== 'unicast';
}

/** The host of a URL as an address, or null where it is a name. */
const literal = ({ hostname }: URL) => {
  const bare = hostname.replace(/^\[|\]$/g, '');
  return ipaddr.isValid(bare) ? bare : null;
};

/** An address that events may be sent to. Names are looked up, and what they stand for is checked, at each attempt. */
export function receiverUrl(privateAddresses: boolean) {
  return z
    .url({ protocol: /^https?$/, error: 'must be an http:// or https:// address' })
    .max(2000)
    .superRefine((text, context) => {
      const url = URL.canParse(text) ? new URL(text) : null;
      const address = url && literal(url);
      if (url && (url.username !== '' || url.password !== ''))
        context.addIssue({ code: 'custom', message: 'must not carry a name or password' });
      if (!privateAddresses && address && isPrivateAddress(address))
        context.addIssue({ code: 'custom', message: 'must not be an address of a private network' });
    });
}

/** Looks a name up and refuses it when any of its addresses is private: the connection goes to what was checked. */
const publicLookup: LookupFunction = (hostname, options, tell) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    const found = error ? [] : addresses;
    const [first] = found;
    if (error) tell(error, '');
    else if (!first || found.some(({ address }) => isPrivateAddress(address)))
      tell(new Error('the name stands for an address of a private network'), '');
    else if (options.all) tell(null, found);
    else tell(null, first.address, first.family);
  });
};

export interface Message {
  url: string;
  body: string;
  headers: Record<string, string>;
}

/**
 * Sends to receivers that nobody here vouches for: no redirect is followed, no cookie or proxy used, an answer is taken
 * up to a limit and thrown away, and nothing takes longer than an attempt may.
 */
export class Sender {
  private readonly plain = new PlainAgent({ keepAlive: true });
  private readonly tls = new TlsAgent({ keepAlive: true });

  constructor(
    private readonly privateAddresses: boolean,
    private readonly limitMs = attemptMs,
  ) {}

  /** Whether this address is one that anything may be sent to; of a name only its look-up tells. */
  mayReach(text: string): boolean {
    const address = literal(new URL(text));
    return this.privateAddresses || address === null || !isPrivateAddress(address);
  }

  /** @returns the status of the answer. @throws what kept one from coming; the signal's reason */
  async send({ url: text, body, headers }: Message, signal: AbortSignal): Promise<number> {
    if (!this.mayReach(text)) throw new Error('the address is one of a private network');
    const url = new URL(text);
    const late = AbortSignal.timeout(this.limitMs);
    const options: RequestOptions = {
      method: 'POST',
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      signal: AbortSignal.any([signal, late]),
      ...(this.privateAddresses ? {} : { lookup: publicLookup }),
    };
    try {
      return await this.exchange(url, options, body);
    } catch (error) {
      signal.throwIfAborted();
      if (late.aborted) throw new Error(`no answer within ${this.limitMs / 1000} s`, { cause: error });
      throw error;
    }
  }

  private exchange(url: URL, options: RequestOptions, body: string): Promise<number> {
    return new Promise((resolve, reject) => {
      const request =
        url.protocol === 'https:'
          ? requestTls(url, { ...options, agent: this.tls })
          : requestPlain(url, { ...options, agent: this.plain });
      request.on('error', reject);
      request.on('response', (response) => {
        let bytes = 0;
        response.on('data', (piece: Buffer) => {
          bytes += piece.length;
          if (bytes > answerLimit) response.destroy();
        });
        // The status has been told; the rest is of no account.
        response.on('error', () => undefined);
        resolve(response.statusCode ?? 0);
      });
      request.end(body);
    });
  }

  close(): void {
    this.plain.destroy();
    this.tls.destroy();
  }
}
