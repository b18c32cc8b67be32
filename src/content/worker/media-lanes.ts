import { WorkerLane } from './worker-lane.js';

/** Facts are read on the way of every upload, so they have a lane that no slow drawing blocks. */
export const factsLane = new WorkerLane({ width: 1, deadlineMs: 5_000, queueLimit: 1_000 });

/** Previews: whoever asks for one can come again. */
export const drawingLane = new WorkerLane({ width: 1, deadlineMs: 5_000, queueLimit: 100 });

/** Outlines of sounds: an hour of music takes longer than any picture, and whoever asks can come again. */
export const soundLane = new WorkerLane({ width: 1, deadlineMs: 60_000, queueLimit: 100 });
