/** Milliseconds that `work` took. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** The least value that this part of all (0 to 1) does not exceed. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

/** Writes per second of `clients` that each do `each` writes, one after the other. */
export async function rate(
  clients: number,
  each: number,
  write: (client: number) => Promise<unknown>,
): Promise<number> {
  const client = async (number: number) => {
    for (let n = 0; n < each; n++) await write(number);
  };
  const ms = await timed(() => Promise.all(Array.from({ length: clients }, (_, number) => client(number))));
  return (clients * each * 1000) / ms;
}
