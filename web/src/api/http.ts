/** The service's own words on a refusal. */
export class Refused extends Error {
  constructor(
    message: string,
    readonly code: string,
    readonly status: number,
  ) {
    super(message);
  }
}

const key = 'artifact-graph-token';
const changed = new EventTarget();

/** The bearer token of this tab, or null; it is gone with the tab. */
export const readToken = (): string | null => sessionStorage.getItem(key);

export function keepToken(token: string): void {
  if (token === '') sessionStorage.removeItem(key);
  else sessionStorage.setItem(key, token);
  changed.dispatchEvent(new Event('change'));
}

/** Calls back when the token changes; returns the way to stop that. */
export function watchToken(listener: () => void): () => void {
  changed.addEventListener('change', listener);
  return () => changed.removeEventListener('change', listener);
}

/**
 * A request to this service with the tab's token.
 * @throws Refused for every answer but 2xx and 304, and when there is no answer
 */
export async function request(path: string, init: RequestInit = {}): Promise<Response> {
  const token = readToken();
  const headers = new Headers(init.headers);
  if (token !== null) headers.set('authorization', `Bearer ${token}`);
  const response = await fetch(path, { ...init, headers }).catch((cause: unknown) => {
    if (init.signal?.aborted) throw cause;
    throw new Refused('the service does not answer', 'unavailable', 0);
  });
  if (!response.ok) throw await refusalOf(response);
  return response;
}

async function refusalOf(response: Response): Promise<Refused> {
  const body: unknown = await response.json().catch(() => null);
  const { errors, ...said } = fieldsOf(body);
  // GraphQL answers 400 with a list of errors where an operation does not fit the schema.
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
  const detail = said.detail ?? fieldsOf(first).message;
  return new Refused(textOf(detail, response.statusText), textOf(said.code, 'internal'), response.status);
}

export const textOf = (value: unknown, otherwise: string) => (typeof value === 'string' ? value : otherwise);

/** An object's fields, or none. */
export function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
