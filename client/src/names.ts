import { v5 } from 'uuid';

/** The name space of the ids and keys that this client derives (a random UUID, fixed for good). */
const namespace = '0c7a5a3e-8d0f-4b60-9a57-6a1d7c7f2b19';

/** A name-based UUID (RFC 9562 version 5): the same parts give the same id, in every process and at every time. */
export function nameBased(...parts: (string | number)[]): string {
  return v5(JSON.stringify(parts), namespace);
}

/** The header by which the service carries a request out once, however often it arrives. */
export function onceFor(...parts: (string | number)[]): { 'idempotency-key': string } {
  return { 'idempotency-key': nameBased(...parts) };
}
