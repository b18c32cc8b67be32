import { setImmediate } from 'node:timers/promises';
import { Turns } from '../../src/graphql/turns.js';

const never = new AbortController().signal;

it('lets so many of one caller through, then the next as each ends', async () => {
  const turns = new Turns(2);
  const entered: number[] = [];
  const ends = Array.from({ length: 5 }, async (_, n) => {
    const end = await turns.take('ann', never);
    entered.push(n);
    return end;
  });
  await setImmediate();
  expect(entered).toEqual([0, 1]);
  (await ends[1])?.();
  await setImmediate();
  expect(entered).toEqual([0, 1, 2]);
  for (const end of ends) (await end)();
  expect(entered).toEqual([0, 1, 2, 3, 4]);
});

it('makes nobody wait for another caller', async () => {
  const turns = new Turns(1);
  await turns.take('ann', never);
  await turns.take('ben', never);
});

it('lets go of who gives up waiting, and an end counts once', async () => {
  const turns = new Turns(1);
  const end = await turns.take('ann', never);
  const impatient = new AbortController();
  const given = turns.take('ann', impatient.signal);
  impatient.abort(new Error('gone'));
  await expect(given).rejects.toThrow('gone');
  await expect(turns.take('ann', impatient.signal)).rejects.toThrow('gone');
  end();
  end();
  const second = await turns.take('ann', never);
  const third = turns.take('ann', never);
  await expect(Promise.race([third, setImmediate('waiting')])).resolves.toBe('waiting');
  second();
  (await third)();
});
