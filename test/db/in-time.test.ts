import { waitAtMost } from '../../src/db/in-time.js';

const never = new Promise<void>(() => undefined);
const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;

describe('waiting for an end that may never come', () => {
  it('is over after its time', async () => {
    const began = performance.now();
    await waitAtMost(50, never);
    expect(performance.now() - began).toBeGreaterThan(40);
  });

  it('keeps the process for as long as it waits, and no longer', async () => {
    const before = timers();
    const waiting = waitAtMost(100, never);
    expect(timers()).toBe(before + 1);
    await waiting;
    await waitAtMost(60_000, Promise.resolve());
    expect(timers()).toBe(before);
  });

  it('tells how the work failed', async () => {
    await expect(waitAtMost(60_000, Promise.reject(new Error('refused')))).rejects.toThrow('refused');
  });
});
