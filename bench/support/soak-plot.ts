/** Ten seconds of a soak. Times in milliseconds; failures since the beginning. */
export interface Sample {
  requests: number;
  failures: number;
  p50: number;
  p99: number;
  residentMiB: number;
}

const box = { left: 70, top: 20, width: 720, height: 280 };

/** Memory on the left axis, the slowest hundredth of answers on the right one, over minutes. */
export function drawSoak(samples: readonly Sample[], sampleMs: number): string {
  const memory = samples.map(({ residentMiB }) => residentMiB);
  const slowest = samples.map(({ p99 }) => p99);
  const line = (values: readonly number[], most: number, colour: string) => {
    const points = values.map((value, n) => {
      const x = box.left + (n / Math.max(1, values.length - 1)) * box.width;
      return `${x.toFixed(1)},${(box.top + box.height * (1 - value / most)).toFixed(1)}`;
    });
    return `<polyline points="${points.join(' ')}" fill="none" stroke="${colour}" stroke-width="2"/>`;
  };
  const [mostMemory, mostMs] = [rounded(Math.max(...memory)), rounded(Math.max(...slowest))];
  const bottom = box.top + box.height;
  const minutes = ((samples.length * sampleMs) / 60_000).toFixed(0);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 880 350" font-family="sans-serif" font-size="12">
<rect width="880" height="350" fill="#fff"/>
<path d="M${box.left} ${box.top}V${bottom}H${box.left + box.width}V${box.top}" fill="none" stroke="#999"/>
${line(memory, mostMemory, '#2f6f4f')}
${line(slowest, mostMs, '#b4532a')}
<text x="${box.left - 8}" y="${box.top + 4}" text-anchor="end" fill="#2f6f4f">${mostMemory} MiB</text>
<text x="${box.left - 8}" y="${bottom}" text-anchor="end">0</text>
<text x="${box.left + box.width + 8}" y="${box.top + 4}" fill="#b4532a">${mostMs} ms</text>
<text x="${box.left}" y="${bottom + 20}">memory of the service (left), slowest hundredth of answers (right)</text>
<text x="${box.left + box.width}" y="${bottom + 20}" text-anchor="end">${minutes} minutes</text>
</svg>
`;
}

/** The next 1, 2 or 5 with zeros. */
function rounded(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return power * ([1, 2, 5, 10].find((step) => step * power >= value) ?? 10);
}
