import { setImmediate as immediate, setTimeout as sleep } from 'node:timers/promises';
import neo4j, { Neo4jError } from 'neo4j-driver';
import { Gathering } from '../../src/db/gathering.js';
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

  it('find together again after they were answered apart', async () => {
    const { calls, together } = doubling(() => 10);
    const client = async (delay: number) => {
      await sleep(delay);
      for (let n = 0; n < 20; n++) await calls.call(n);
    };
    await Promise.all([client(0), client(0), client(5), client(5)]);
    expect(together.at(-2)).toHaveLength(4);
  });

  it('go on without those who do not come back', async () => {
    const { calls, together } = doubling(() => 20);
    await Promise.all([1, 2, 3, 4].map((n) => calls.call(n)));
    await Promise.all([1, 2].map((n) => calls.call(n)));
    expect(together.map(({ length }) => length)).toEqual([4, 2]);
  });

  it('wait the less the more often nobody came', async () => {
    let waiting = 0;
    let begun = 0;
    let finish = () => {};
    const gathering = new Gathering(
      () => waiting,
      () => {
        waiting = 0;
        begun += 1;
        return new Promise((resolve) => (finish = () => resolve(() => {})));
      },
    );
    const call = () => {
      waiting += 1;
      gathering.arrived();
    };
    const untilBegun = async (count: number) => {
      while (begun < count) await sleep(1);
    };
    let waits = 0;
    for (let n = 1; n < 200; n += 2) {
      call();
      await untilBegun(n);
      // Comes while the first is served, and is expected to find it again after that: in vain.
      call();
      finish();
      await immediate();
      await immediate();
      if (begun === n) waits += 1;
      await untilBegun(n + 1);
      finish();
      await immediate();
    }
    expect(waits).toBeGreaterThan(0);
    expect(waits).toBeLessThan(20);
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
