/** In GraphQL an argument or input field that is null means the same as one that is absent. */
export function withoutNulls(input: unknown): unknown {
  if (typeof input !== 'object' || input === null) return input;
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null));
}
