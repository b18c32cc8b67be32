/** Milliseconds of this process's own CPU time that some work takes: a busy machine makes it no longer. */
export function cpuMs(work: () => void): number {
  const began = process.cpuUsage();
  work();
  return process.cpuUsage(began).user / 1000;
}
