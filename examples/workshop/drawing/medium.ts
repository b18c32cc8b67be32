import { box, darker, lighter, mix } from './colours.js';
import { boxOf, pathOf, straight, wobble, type Outline, type Point } from './outline.js';
import { between, type Random } from './random.js';

/** Colours of one shape; without `fill` only the line is drawn, `line: null` leaves the line away. */
export interface Pen {
  fill?: string;
  line?: string | null;
  /** Pixels. */
  width?: number;
  /** Degrees of the hatching; the hand turns it a little each time when it is not said. */
  hatch?: number;
}

export type MediumName = 'crayon' | 'watercolour' | 'papercut';

/** How one kind of paint puts an outline on paper, as SVG. */
export interface Medium {
  paper: string;
  /** Definitions and an overlay for the whole sheet. */
  defs: string;
  /** SVG filter over everything that was painted; '' for none. */
  filter: string;
  overlay: string;
  shape(outline: Outline, pen: Pen, random: Random, clipId: string): string;
  line(outline: Outline, pen: Pen, random: Random): string;
}

const round = 'stroke-linecap="round" stroke-linejoin="round"';

function stroke(d: string, colour: string, width: number, opacity = 1): string {
  return `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${width.toFixed(1)}" ${round} opacity="${opacity}"/>`;
}

/** One long zigzag over the outline's box, as a hand fills a shape without lifting the crayon. */
function zigzag(outline: Outline, angle: number, spacing: number, random: Random): Outline {
  const { left, top, right, bottom } = boxOf(outline.points);
  const [cx, cy] = [(left + right) / 2, (top + bottom) / 2];
  const half = Math.hypot(right - left, bottom - top) / 2 + spacing;
  const [cos, sin] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];
  const corners: Point[] = [];
  for (let v = -half, side = 1; v < half; v += spacing * between(random, 0.75, 1.25), side = -side) {
    const u = side * half * between(random, 0.94, 1.02);
    corners.push([cx + u * cos - v * sin, cy + u * sin + v * cos]);
  }
  return wobble(straight(corners, false, 60), 4, random);
}

function clipped(outline: Outline, clipId: string, inside: string): string {
  return `<clipPath id="${clipId}"><path d="${pathOf(outline)}"/></clipPath><g clip-path="url(#${clipId})">${inside}</g>`;
}

function twice(outline: Outline, colour: string, width: number, random: Random): string {
  const once = (by: number, w: number, opacity: number): string =>
    stroke(pathOf(wobble(outline, by, random)), colour, w, opacity);
  return once(1.3, width, 0.92) + once(2.2, width * 0.6, 0.55);
}

/** Alpha noise from fine paper grain: `holes` is the share of the paper that stays bare. */
function grain(frequency: number, gain: number, offset: number): string {
  return (
    `<feTurbulence type="fractalNoise" baseFrequency="${frequency}" numOctaves="3" seed="7" result="noise"/>` +
    `<feColorMatrix in="noise" values="0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 ${gain} 0 0 0 ${offset}" result="grain"/>`
  );
}

const waxFilter =
  `<filter id="paint" x="0" y="0" width="100%" height="100%" color-interpolation-filters="sRGB">${grain(0.5, -3.6, 2.95)}` +
  `<feTurbulence type="fractalNoise" baseFrequency="0.09" numOctaves="2" seed="3" result="shake"/>` +
  `<feDisplacementMap in="SourceGraphic" in2="shake" scale="5" xChannelSelector="R" yChannelSelector="G" result="shaken"/>` +
  `<feComposite in="shaken" in2="grain" operator="in"/></filter>`;

function waxMedium(paper: string, ink: string, body: number, depth: number): Medium {
  return {
    paper,
    defs: waxFilter,
    filter: 'paint',
    overlay: '',
    shape(outline, pen, random, clipId) {
      const drawn = wobble(outline, 1.6, random);
      const line = pen.line === null ? '' : twice(drawn, pen.line ?? ink, pen.width ?? 4.5, random);
      if (!pen.fill) return line;
      const angle = pen.hatch ?? between(random, -65, -25);
      const under = `<path d="${pathOf(drawn)}" fill="${mix(paper, pen.fill, body)}"/>`;
      const colour = mix(pen.fill, random() < 0.5 ? box.white : box.ink, between(random, 0, 0.08));
      const hatch =
        stroke(pathOf(zigzag(drawn, angle, 8, random)), colour, 7, 0.85) +
        stroke(pathOf(zigzag(drawn, angle + 24, 19, random)), darker(pen.fill, depth), 4, 0.22);
      return under + clipped(drawn, clipId, hatch) + line;
    },
    line(outline, pen, random) {
      return twice(outline, pen.line ?? ink, pen.width ?? 4.5, random);
    },
  };
}

const wetFilter =
  `<filter id="paint" x="-5%" y="-5%" width="110%" height="110%" color-interpolation-filters="sRGB">` +
  `<feTurbulence type="fractalNoise" baseFrequency="0.028" numOctaves="4" seed="11" result="flow"/>` +
  `<feDisplacementMap in="SourceGraphic" in2="flow" scale="9" xChannelSelector="R" yChannelSelector="G" result="bled"/>` +
  `<feTurbulence type="fractalNoise" baseFrequency="0.013" numOctaves="5" seed="5" result="pools"/>` +
  `<feColorMatrix in="pools" values="0 0 0 0 1 0 0 0 0 .98 0 0 0 0 .93 1.7 0 0 0 -0.84" result="bloom"/>` +
  `<feComposite in="bloom" in2="bled" operator="in" result="bloomed"/>` +
  `<feMerge><feMergeNode in="bled"/><feMergeNode in="bloomed"/></feMerge></filter>`;

const watercolour: Medium = {
  paper: '#fdf8ee',
  defs: wetFilter,
  filter: 'paint',
  overlay: '',
  shape(outline, pen, random, clipId) {
    const drawn = wobble(outline, 2.4, random);
    const d = pathOf(drawn);
    if (!pen.fill) return this.line(outline, pen, random);
    const wash = lighter(pen.fill, 0.12);
    const pool = pathOf(wobble(outline, 5, random));
    const inside =
      `<path d="${d}" fill="${wash}" opacity=".78"/><path d="${pool}" fill="${pen.fill}" opacity=".3" transform="translate(${between(random, -6, 6).toFixed(1)} ${between(random, 4, 12).toFixed(1)})"/>` +
      stroke(d, darker(pen.fill, 0.25), 5, 0.4);
    const pencil = pen.line === null ? '' : stroke(d, mix(pen.line ?? box.ink, '#6d5a55', 0.3), 1.4, 0.55);
    return `<path d="${d}" fill="#fdf8ee" opacity=".8"/>${clipped(drawn, clipId, inside)}${pencil}`;
  },
  line(outline, pen, random) {
    return stroke(pathOf(wobble(outline, 1, random)), pen.line ?? box.ink, (pen.width ?? 4.5) * 0.62, 0.85);
  },
};

const papercut: Medium = {
  paper: '#f6ead2',
  defs:
    `<filter id="lift" filterUnits="userSpaceOnUse" x="-40" y="-40" width="720" height="720" color-interpolation-filters="sRGB">` +
    `<feGaussianBlur in="SourceAlpha" stdDeviation="3"/><feOffset dx="2" dy="4"/>` +
    `<feColorMatrix values="0 0 0 0 .15 0 0 0 0 .1 0 0 0 0 .12 0 0 0 .42 0" result="shadow"/>` +
    `<feMerge><feMergeNode in="shadow"/><feMergeNode in="SourceGraphic"/></feMerge></filter>` +
    `<filter id="fibre" x="0" y="0" width="100%" height="100%"><feTurbulence type="fractalNoise" baseFrequency=".35" numOctaves="3" seed="2"/>` +
    `<feColorMatrix values="0 0 0 0 1 0 0 0 0 1 0 0 0 0 1 1.1 0 0 0 -.42"/></filter>`,
  filter: '',
  overlay: '<rect width="100%" height="100%" filter="url(#fibre)" opacity=".28"/>',
  shape(outline, pen, random) {
    const drawn = wobble(outline, 1.2, random);
    if (!pen.fill) return this.line(outline, pen, random);
    return `<path d="${pathOf(drawn)}" fill="${pen.fill}" filter="url(#lift)"/>`;
  },
  line(outline, pen, random) {
    return `<g filter="url(#lift)">${stroke(pathOf(wobble(outline, 0.6, random)), pen.line ?? box.ink, (pen.width ?? 4.5) * 1.1)}</g>`;
  },
};

/** Wax on cream paper; wet washes; cut coloured paper. */
export const media: Record<MediumName, Medium> = {
  crayon: waxMedium('#fdf6e6', box.ink, 0.72, 0.22),
  watercolour,
  papercut,
};
