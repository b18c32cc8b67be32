import sharp from 'sharp';
import { z } from 'zod';
import { WorkerLane } from '../../src/content/worker/worker-lane.js';

const facts = z.object({ width: z.number(), height: z.number() });
const picture = () =>
  sharp({ create: { width: 4, height: 3, channels: 3, background: 'red' } })
    .png()
    .toBuffer();

test("the time that a process takes to start is not counted as its job's", async () => {
  // Starting takes several times as long.
  const lane = new WorkerLane({ width: 1, deadlineMs: 100, queueLimit: 1 });
  const bytes = await picture();
  expect(await lane.run('readPicture', { bytes }, facts)).toEqual({ width: 4, height: 3 });
});

test('a task that cannot be sent fails once, and the lane goes on', async () => {
  const lane = new WorkerLane({ width: 1, deadlineMs: 10_000, queueLimit: 1 });
  await expect(lane.run('readPicture', { bytes: () => 0 }, facts)).rejects.toThrow(/could not be cloned/);
  // By the time that another process has answered, the first one has ended, which nobody may hear of any more.
  expect(await lane.run('readPicture', { bytes: await picture() }, facts)).toEqual({ width: 4, height: 3 });
});
