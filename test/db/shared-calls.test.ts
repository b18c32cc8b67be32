import { setTimeout as sleep } from 'node:timers/promises';
import neo4j, { Neo4jError } from 'neo4j-driver';
import { SharedCalls } from '../../src/db/shared-calls.js';
import { median, timed } from '../../bench/support/measure.js';

/** Answers each number with its double, after `ms`; keeps what was asked together. */
function doubling(ms: (inputs: readonly number[]) => number, maxInputs = 100) {
  const together: (readonly number[])[] = [];
  const calls = new SharedCalls(
    async (inputs: readonly number[]) => {
      together.push(inputs);
      await sleep(ms(inputs));
      return inputs.map((input) => input * 2);
    },
    { maxInputs },
  );
  return { calls, together };
}

describe('calls that are shared', () => {
  it('go together when they come together, and each hears its own answer', async () => {
    const { calls, together } = doubling(() => 5);
    expect(await Promise.all([1, 2, 3].map((n) => calls.call(n)))).toEqual([2, 4, 6]);
    expect(together).toEqual([[1, 2, 3]]);
  });

  it('share the next call when they come during one', async () => {
    const { calls, together } = doubling(() => 30);
    const first = calls.call(1);
    await sleep(10);
    const others = [2, 3, 4].map((n) => calls.call(n));
    expect(await Promise.all([first, ...others])).toEqual([2, 4, 6, 8]);
    expect(together).toEqual([[1], [2, 3, 4]]);
  });

  it('go by so many at a time as one call takes', async () => {
    const { calls, together } = doubling(() => 5, 3);
    await Promise.all([1, 2, 3, 4, 5, 6].map((n) => calls.call(n)));
    expect(together).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
  });

  it('do not wait for others when they are alone', async () => {
    const { calls } = doubling(() => 1);
    await Promise.all([1, 2, 3, 4].map((n) => calls.call(n)));
    for (let n = 0; n < 20; n++) await calls.call(n);
    // Beside a timer that is as long, so that a busy machine makes no difference.
    const longer: number[] = [];
    for (let n = 0; n < 20; n++) {
      const [plain, called] = [await timed(() => sleep(1)), await timed(() => calls.call(n))];
      longer.push(called - plain);
    }
    expect(median(longer)).toBeLessThan(4);
  });

  it('do not wait for one that is slow', async () => {
    const { calls } = doubling(([first]) => (first === 1 ? 5000 : 1));
    let isDone = false;
    const slow = calls.call(1).then(() => (isDone = true));
    await sleep(20);
    expect(await calls.call(2)).toBe(4);
    expect(isDone).toBe(false);
    await slow;
  });

  it('are not asked for a caller who has gone, who hears of it at once', async () => {
    const { calls, together } = doubling(() => 30);
    const gone = new AbortController();
    const first = calls.call(1);
    await sleep(5);
    const second = calls.call(2, gone.signal);
    const third = calls.call(3);
    gone.abort(new Error('gone'));
    await expect(second).rejects.toThrow('gone');
    expect(together).toEqual([[1]]);
    expect(await Promise.all([first, third])).toEqual([2, 6]);
    expect(together).toEqual([[1], [3]]);
  });

  it('fail all at once while the database is away', async () => {
    let asked = 0;
    const calls = new SharedCalls<number, number>(
      () => {
        asked += 1;
        return Promise.reject(new Neo4jError('gone', neo4j.error.SERVICE_UNAVAILABLE, '', ''));
      },
      { maxInputs: 100 },
    );
    const outcomes = await Promise.allSettled([1, 2, 3].map((n) => calls.call(n)));
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(asked).toBe(1);
  });

  it('fail alone: what fails together is asked again one by one', async () => {
    const calls = new SharedCalls(
      (inputs: readonly number[]) => {
        if (inputs.includes(2)) return Promise.reject(new Error('two'));
        return Promise.resolve(inputs);
      },
      { maxInputs: 100 },
    );
    const outcomes = await Promise.allSettled([1, 2, 3].map((n) => calls.call(n)));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });
});
