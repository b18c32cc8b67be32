import { EventEmitter } from 'node:events';

export type Part = 'neo4j' | 'content' | 'webhook';

interface Observed {
  /** A call to a part has ended: a statement by its file, a method of the store, an attempt to deliver. */
  call: [{ part: Part; name: string; seconds: number; failed: boolean }];
  /** A group goes together, of so many callers. */
  group: [{ kind: 'read' | 'commit'; size: number }];
}

/** What happens between the service and its parts, for whoever measures it. */
export const observed = new EventEmitter<Observed>();

/** Runs a call inside a span of its own. */
export type TraceCall = <T>(part: Part, name: string, work: () => PromiseLike<T>) => PromiseLike<T>;

let traceCall: TraceCall | null = null;

/** From here on every call is traced; null ends that. */
export function traceCallsBy(how: TraceCall | null): void {
  traceCall = how;
}

/** Tells how long a call took, and how it ended. */
export async function observe<T>(part: Part, name: string, work: () => PromiseLike<T>): Promise<T> {
  const began = performance.now();
  let failed = true;
  try {
    const outcome = await (traceCall ? traceCall(part, name, work) : work());
    failed = false;
    return outcome;
  } finally {
    observed.emit('call', { part, name, seconds: (performance.now() - began) / 1000, failed });
  }
}
