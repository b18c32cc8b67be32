import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

/** A server that does nothing: what it takes to answer is the machine's slowness, and nobody's fault. */
const idleServer = `require('node:http').createServer((_, answer) => answer.end())
  .listen(0, '127.0.0.1', function () { process.stdout.write('http://127.0.0.1:' + this.address().port); });`;

async function timed(address: string): Promise<{ status: number; ms: number }> {
  const began = performance.now();
  const answer = await fetch(address);
  await answer.arrayBuffer();
  return { status: answer.status, ms: performance.now() - began };
}

export interface Waits {
  asked: number;
  /** By how many milliseconds an answer came later than that of a server without work, at the most. */
  worstMs: number;
  /** How many came later than that by a second. */
  late: number;
  statuses: Set<number>;
}

/** Asks for `address` again and again while something else is done with the service. */
export async function watchWaits(address: string, work: () => Promise<unknown>): Promise<Waits> {
  const idle = spawn(process.execPath, ['-e', idleServer], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [url] = (await once(idle.stdout, 'data')) as [Buffer];
  const waits: Waits = { asked: 0, worstMs: 0, late: 0, statuses: new Set() };
  const over = new AbortController();
  const watching = (async () => {
    while (!over.signal.aborted) {
      const [asked, bare] = await Promise.all([timed(address), timed(url.toString())]);
      waits.asked++;
      waits.worstMs = Math.max(waits.worstMs, asked.ms - bare.ms);
      if (asked.ms - bare.ms > 1_000) waits.late++;
      waits.statuses.add(asked.status);
      await sleep(25);
    }
  })();
  try {
    await work();
  } finally {
    over.abort();
    await watching;
    idle.kill();
  }
  return waits;
}
