import { setTimeout as sleep } from 'node:timers/promises';

export interface Patience {
  /** How long a request is repeated, in milliseconds, before its caller hears of the failure. */
  patienceMs: number;
  /** Gives up at once. */
  signal?: AbortSignal | undefined;
}

const pauseMs = { first: 200, longest: 5_000 };
/** The service is away, starting, or has too much to do: nothing was done, or it is not known. */
const temporary = new Set([429, 502, 503, 504]);

/**
 * The answer to a request that may be sent twice: after a lost connection and after an answer that asks for patience it
 * is sent again, when the answer says (Retry-After) or after a growing pause.
 * @returns the last answer, whatever its status
 * @throws what the last attempt threw
 */
export async function repeat(
  attempt: () => Promise<Response>,
  { patienceMs, signal }: Patience,
): Promise<Response> {
  const until = Date.now() + patienceMs;
  for (let tries = 0; ; tries++) {
    const outcome = await attempt().then(
      (answer) => ({ answer, error: undefined }),
      (error: unknown) => ({ answer: null, error }),
    );
    const { answer, error } = outcome;
    const waitMs = (answer && askedPause(answer)) ?? growingPause(tries);
    const isLast = Date.now() + waitMs > until || signal?.aborted === true;
    if (answer ? isLast || !asksForPatience(answer) : isLast || !isConnectionError(error)) {
      if (answer) return answer;
      throw error;
    }
    await answer?.body?.cancel();
    await sleep(waitMs, undefined, { signal });
  }
}

function asksForPatience({ status, headers }: Response): boolean {
  return temporary.has(status) || headers.has('retry-after');
}

function askedPause({ headers }: Response): number | null {
  const seconds = headers.get('retry-after');
  return seconds !== null && /^\d{1,6}$/.test(seconds) ? Number(seconds) * 1000 : null;
}

/** A random part keeps many clients from coming back at the same moment. */
function growingPause(tries: number): number {
  const longest = Math.min(pauseMs.first * 2 ** tries, pauseMs.longest);
  return longest * (0.5 + Math.random() / 2);
}

/** What fetch throws when no answer arrived. */
function isConnectionError(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'name' in error && error.name === 'TypeError';
}
