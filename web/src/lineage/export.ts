import { dashes, readInk } from './draw.js';
import { sides } from './cuts.js';
import { nameOf } from './item-card.js';
import { svgText, wrapTitle } from './svg-text.js';
import { cardHeight, cardWidth, type Scene } from './use-scene.js';
import { count, kindWords } from '../parts/words.js';

const margin = 120;

/** The lineage as a drawing that stands by itself: titles, kinds, states, and the lines of the relations. */
export function toSvg(scene: Scene): string {
  const { items } = scene;
  const ink = readInk(document.body);
  const left = Math.min(...items.map(({ x }) => x)) - margin;
  const top = Math.min(...items.map(({ y }) => y)) - margin;
  const width = Math.max(...items.map(({ x }) => x)) + cardWidth + margin - left;
  const height = Math.max(...items.map(({ y }) => y)) + cardHeight + margin - top;
  const lines = scene.lines.map(
    ({ type, x1, y1, x2, y2, bend }) =>
      `<path d="M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}" stroke-dasharray="${dashes[type].join(' ')}"/>`,
  );
  const cards = items.map((item) => {
    const [first] = item.members;
    const facts = first ? `${kindWords[first.type]}, ${first.lifecycleState.toLowerCase()}` : '';
    const cuts = sides.map((side) => {
      const at = side === 'UPSTREAM' ? 'x="-8" text-anchor="end"' : `x="${cardWidth + 8}"`;
      const words = count(item.cut[side], 'more', 'more');
      return item.cut[side] > 0 ? `<text ${at} y="${cardHeight - 20}" font-size="13">+ ${words}</text>` : '';
    });
    return `<g transform="translate(${item.x} ${item.y})">${cuts.join('')}<rect width="${cardWidth}" height="${cardHeight}" rx="10" fill="${ink.raised}" stroke="${ink.line}"/>${titleLines(nameOf(item))}<text x="14" y="${cardHeight - 20}" font-size="13" fill="${ink.soft}">${svgText(facts)}</text></g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${left} ${top} ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif"><g fill="none" stroke="${ink.line}" stroke-width="1.5">${lines.join('')}</g>${cards.join('')}</svg>`;
}

function titleLines(title: string): string {
  return wrapTitle(title)
    .map((line, row) => `<text x="14" y="${32 + row * 22}" font-size="16">${svgText(line)}</text>`)
    .join('');
}

/** Greatest side of a picture, in pixels: what browsers can draw. */
const greatestSide = 8192;

/** The drawing as a PNG, scaled down where it is larger than a browser can draw. */
export async function toPng(scene: Scene): Promise<Blob> {
  const image = new Image();
  const address = URL.createObjectURL(new Blob([toSvg(scene)], { type: 'image/svg+xml' }));
  image.src = address;
  await image.decode();
  URL.revokeObjectURL(address);
  const scale = Math.min(1, greatestSide / image.width, greatestSide / image.height);
  const canvas = document.createElement('canvas');
  canvas.width = image.width * scale;
  canvas.height = image.height * scale;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the picture is too large')))),
  );
}

/** One line for each artifact, folded ones included. */
export function toCsv({ items }: Scene): string {
  const rows = items.flatMap(({ members, depth }) =>
    members.map((one) => [
      one.id,
      one.type,
      one.lifecycleState,
      one.description ?? '',
      one.createdBy?.name ?? '',
      depth,
    ]),
  );
  return csvOf([['id', 'kind', 'state', 'description', 'made by', 'depth'], ...rows]);
}

/** Rows as spreadsheets read them; what they would take for a formula begins with an apostrophe, as OWASP advises. */
export function csvOf(rows: readonly (readonly (string | number)[])[]): string {
  const safe = (text: string) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
  const cell = (value: string | number) => `"${safe(String(value)).replaceAll('"', '""')}"`;
  return rows.map((row) => row.map(cell).join(',')).join('\r\n');
}

/** Hands a file to the reader. */
export function save(name: string, content: Blob | string, type = 'text/plain'): void {
  const address = URL.createObjectURL(typeof content === 'string' ? new Blob([content], { type }) : content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
