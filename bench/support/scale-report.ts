import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { packageRoot } from '../../src/package-root.js';

const summary = z.object({ p50: z.number(), p95: z.number(), requests: z.number() });
const row = z.object({
  name: z.string(),
  artifacts: z.number(),
  /** Milliseconds over HTTP. */
  ours: summary,
  /** The same asked of the database or the store directly. */
  raw: summary.nullable(),
});
/** One kind of request in a graph of some size. */
export type Row = z.infer<typeof row>;

const marks = ['<!-- made by npm run bench -->', '<!-- end -->'] as const;

/** Keeps the raw numbers, and makes the table of docs/benchmarks.md and its picture from them. */
export async function writeReport(measured: readonly Row[]): Promise<void> {
  const results = join(packageRoot, 'bench', 'results');
  await mkdir(results, { recursive: true });
  const file = join(results, 'scale.json');
  const rows = [...(await keptRows(file, measured)), ...measured].sort((a, b) => a.artifacts - b.artifacts);
  const machine = {
    node: process.version,
    cpu: cpus()[0]?.model,
    cores: cpus().length,
    memoryBytes: totalmem(),
  };
  await writeFile(file, `${JSON.stringify({ machine, rows }, null, 2)}\n`);
  await writeFile(join(packageRoot, 'docs', 'pictures', 'benchmarks.svg'), plot(rows));
  const page = join(packageRoot, 'docs', 'benchmarks.md');
  const [before = '', after = ''] = (await readFile(page, 'utf8')).split(
    new RegExp(`${marks[0]}[^]*${marks[1]}`),
  );
  await writeFile(page, `${before}${marks[0]}\n\n${table(rows)}\n${marks[1]}${after}`);
}

/** Rows of sizes that were not measured this time. */
async function keptRows(file: string, measured: readonly Row[]): Promise<Row[]> {
  if (!existsSync(file)) return [];
  const { rows } = z.object({ rows: z.array(row) }).parse(JSON.parse(await readFile(file, 'utf8')));
  return rows.filter(({ artifacts }) => !measured.some((one) => one.artifacts === artifacts));
}

const namesOf = (rows: readonly Row[]) => [...new Set(rows.map(({ name }) => name))];
const sizesOf = (rows: readonly Row[]) => [...new Set(rows.map(({ artifacts }) => artifacts))];
const ms = (value: number) => value.toFixed(value < 10 ? 1 : 0);

/** A row for each kind of request; for each size p50 / p95 and, where there is one, the ratio to the raw client's p50. */
function table(rows: readonly Row[]): string {
  const sizes = sizesOf(rows);
  const lines = namesOf(rows).map((name) => {
    const cells = sizes.map((size) => {
      const row = rows.find((one) => one.name === name && one.artifacts === size);
      if (!row) return '';
      const ratio = row.raw === null ? '' : ` (${(row.ours.p50 / row.raw.p50).toFixed(2)}x)`;
      return `${ms(row.ours.p50)} / ${ms(row.ours.p95)}${ratio}`;
    });
    return `| ${[name, ...cells].join(' | ')} |`;
  });
  const head = ['p50 / p95 in ms', ...sizes.map((size) => `${size.toLocaleString('en')} artifacts`)];
  return `| ${head.join(' | ')} |\n|${head.map((_, n) => (n === 0 ? ' --- ' : ' --: ')).join('|')}|\n${lines.join('\n')}\n`;
}

const box = { left: 60, top: 20, width: 560, height: 380 };

/** Milliseconds against artifacts, both logarithmic, a line for each kind of request. */
function plot(rows: readonly Row[]): string {
  const sizes = sizesOf(rows);
  const [least, most] = [Math.log10(Math.min(...sizes)), Math.log10(Math.max(...sizes))];
  const decades = [-1, 0, 1, 2, 3];
  const x = (artifacts: number) =>
    box.left + ((Math.log10(artifacts) - least) / (most - least || 1)) * box.width;
  const y = (value: number) => box.top + ((3 - Math.log10(value)) / 4) * box.height;
  const lines = namesOf(rows).map((name, n, names) => {
    const own = rows.filter((row) => row.name === name);
    const colour = `hsl(${Math.round((n * 360) / names.length)} 65% 42%)`;
    const points = own.map((row) => `${x(row.artifacts).toFixed(1)},${y(row.ours.p50).toFixed(1)}`).join(' ');
    const at = box.top + 12 + n * 19;
    return `<polyline points="${points}" fill="none" stroke="${colour}" stroke-width="2"/>
<rect x="650" y="${at - 9}" width="12" height="4" fill="${colour}"/><text x="670" y="${at}">${name}</text>`;
  });
  const across = decades.map(
    (
      power,
    ) => `<line x1="${box.left}" x2="${box.left + box.width}" y1="${y(10 ** power)}" y2="${y(10 ** power)}" stroke="#ddd"/>
<text x="${box.left - 8}" y="${y(10 ** power) + 4}" text-anchor="end">${10 ** power} ms</text>`,
  );
  const below = sizes.map(
    (size) =>
      `<text x="${x(size)}" y="${box.top + box.height + 22}" text-anchor="middle">${size.toLocaleString('en')}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 440" font-family="sans-serif" font-size="12">
<rect width="900" height="440" fill="#fff"/>
${[...across, ...below, ...lines].join('\n')}
</svg>
`;
}
