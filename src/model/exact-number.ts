/** The greatest of GraphQL's Int: counted places (a step's order, a link's position) can be given back everywhere. */
export const maxInt = 2 ** 31 - 1;

/**
 * True when a double keeps the number of a JSON text: it is given back with the same digits, or it is a decimal of up
 * to 17 significant ones, as some clients print a double (RFC 8259, section 6), and names the same double when it is
 * given back. Linear in the length of the token.
 */
export function fitsDouble(token: string): boolean {
  const value = Number(token);
  if (!Number.isFinite(value)) return false;
  const [digits, exponent] = decimal(token);
  if (value === 0) return digits === '';
  if (digits.length <= 17 && !/^-?\d+$/.test(token)) return true;
  const [keptDigits, keptExponent] = decimal(String(value));
  return digits === keptDigits && exponent === keptExponent;
}

/** Significant digits without leading and trailing zeros, and the power of ten of the last of them. */
function decimal(token: string): [digits: string, exponent: number] {
  const [, whole = '', fraction = '', power = '0'] =
    /^-?(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(token) ?? [];
  const all = whole + fraction;
  // A pattern for trailing zeros would begin anew at each run of them.
  let end = all.length;
  while (all[end - 1] === '0') end--;
  const digits = all.slice(0, end).replace(/^0+/, '');
  return [digits, Number(power) - fraction.length + (all.length - end)];
}
