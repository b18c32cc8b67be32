/** The crayon box. */
export const box = {
  ink: '#3b3230',
  red: '#d9483b',
  coral: '#ee7a62',
  orange: '#f0913a',
  yellow: '#f7c945',
  lemon: '#fbe27a',
  lime: '#a5c94b',
  green: '#5fa052',
  pine: '#35714f',
  teal: '#3a9a94',
  sky: '#8cc9e8',
  blue: '#3f7fc4',
  navy: '#2c4278',
  night: '#26305c',
  violet: '#8466b4',
  lilac: '#bfa3d8',
  pink: '#f2a0b5',
  rose: '#e8688f',
  peach: '#f8c9a0',
  sand: '#ecd7a4',
  brown: '#9a6a44',
  bark: '#6f4a33',
  grey: '#9aa0a6',
  slate: '#5d6875',
  cream: '#fff4dc',
  white: '#fffdf7',
} as const;

type Rgb = [number, number, number];

function rgb(colour: string): Rgb {
  const n = Number.parseInt(colour.slice(1), 16);
  return [n >> 16, (n >> 8) & 255, n & 255];
}

/** `share` of the second colour in the first, 0 to 1. */
export function mix(first: string, second: string, share: number): string {
  const [a, b] = [rgb(first), rgb(second)];
  const mixed = a.map((value, i) => Math.round(value + ((b[i] ?? 0) - value) * share));
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

export const darker = (colour: string, share = 0.3): string => mix(colour, '#20141c', share);
export const lighter = (colour: string, share = 0.3): string => mix(colour, '#fffaf0', share);
