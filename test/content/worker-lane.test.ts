import sharp from 'sharp';
import { z } from 'zod';
import { WorkerLane } from '../../src/content/worker/worker-lane.js';

test("the time that a process takes to start is not counted as its job's", async () => {
  // Starting takes several times as long.
  const lane = new WorkerLane({ width: 1, deadlineMs: 100, queueLimit: 1 });
  const bytes = await sharp({ create: { width: 4, height: 3, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
  const facts = z.object({ width: z.number(), height: z.number() });
  expect(await lane.run('readPicture', { bytes }, facts)).toEqual({ width: 4, height: 3 });
});
