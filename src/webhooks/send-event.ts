import { types } from 'node:util';
import { Webhook } from 'standardwebhooks';
import { eventBody } from '../audit/event-body.js';
import type { ListedEvent } from '../audit/list-events.js';
import { observe } from '../db/observed.js';
import type { Sender } from './receiver.js';

export interface Target {
  url: string;
  secret: string;
}

/** What came of one attempt; `status` is null where no answer came. */
export type Attempt =
  | { outcome: 'delivered'; status: number; error: null }
  | { outcome: 'failed' | 'gone'; status: number | null; error: string };

/** An event as CloudEvents 1.0 has it, in structured mode: https://github.com/cloudevents/spec */
function cloudEvent(event: ListedEvent) {
  return {
    specversion: '1.0',
    id: event.id,
    source: '/api/v1/events',
    type: `artifact-graph.${event.action ?? 'changed'}`,
    ...(event.nodeId === null ? {} : { subject: event.nodeId }),
    time: new Date(event.at).toISOString(),
    datacontenttype: 'application/json',
    data: eventBody(event),
  };
}

class Refused extends Error {
  constructor(readonly status: number) {
    super(`the receiver answered ${status}`);
  }
}

/**
 * Sends one event, signed as Standard Webhooks says (https://www.standardwebhooks.com): its id is the same at every
 * attempt. Any 2xx is success, 410 means never again, everything else (redirects too) a failure.
 * @throws the signal's reason
 */
export async function sendEvent(
  sender: Sender,
  { url, secret }: Target,
  event: ListedEvent,
  signal: AbortSignal,
): Promise<Attempt> {
  const body = JSON.stringify(cloudEvent(event));
  const now = new Date();
  const headers = {
    'content-type': 'application/cloudevents+json; charset=utf-8',
    'user-agent': 'artifact-graph',
    'webhook-id': event.id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(event.id, now, body),
  };
  try {
    const status = await observe('webhook', 'deliver', async () => {
      const answered = await sender.send({ url, body, headers }, signal);
      if (answered < 200 || answered > 299) throw new Refused(answered);
      return answered;
    });
    return { outcome: 'delivered', status, error: null };
  } catch (error) {
    signal.throwIfAborted();
    const message = types.isNativeError(error) ? error.message : String(error);
    const status = error instanceof Refused ? error.status : null;
    return { outcome: status === 410 ? 'gone' : 'failed', status, error: message.slice(0, 500) };
  }
}
