import { usualSchedule, type Schedule } from '../../src/webhooks/deliver.js';

export const quick: Schedule = {
  ...usualSchedule,
  firstRetryMs: 10,
  longestRetryMs: 40,
  attempts: 5,
  pauseMs: 50,
};
/** Lets a test wait for the end of a lease. */
export const shortLease: Schedule = { ...quick, attemptMs: 1_500, leaseMs: 4_000 };
