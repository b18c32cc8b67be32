import { Unavailable } from '../errors.js';

export interface Limit {
  /** Milliseconds. */
  ms: number;
  /** Aborted when nobody waits for the outcome any more. */
  signal?: AbortSignal | null;
  /** Which part is waited for. */
  part: Unavailable['part'];
}

/** A part has not answered in time. What was asked of it may still happen. */
export class Late extends Unavailable {}

/**
 * The outcome of `work`, which may never come: a paused server keeps its connections and says nothing.
 * @throws Late after `ms`; the signal's reason once it is aborted
 */
export function inTime<T>(work: PromiseLike<T>, { ms, signal, part }: Limit): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => end(() => reject(new Late(part, `no answer within ${ms / 1000} s`))), ms);
    const onAbort = () => end(() => reject(signal?.reason as Error));
    const end = (tell: () => void) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      tell();
    };
    signal?.addEventListener('abort', onAbort);
    work.then(
      (outcome) => end(() => resolve(outcome)),
      (error: Error) => end(() => reject(error)),
    );
    if (signal?.aborted) onAbort();
  });
}

/** Waits until `work` has ended, but no longer than `ms`, and leaves nothing that would keep the process from ending. */
export async function waitAtMost(ms: number, work: PromiseLike<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  try {
    await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
  }
}
