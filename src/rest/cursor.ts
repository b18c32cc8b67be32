import { z } from 'zod';
import { listPosition, type ListPosition } from '../artifacts/list-artifacts.js';
import { InvalidInput } from '../errors.js';

const content = z.tuple([listPosition.shape.createdAt, listPosition.shape.id]);

/** A place in a list as an opaque word for addresses. */
export function encodeCursor({ createdAt, id }: ListPosition): string {
  return Buffer.from(JSON.stringify([createdAt, id])).toString('base64url');
}

/** @throws InvalidInput for anything that `encodeCursor` did not make */
export function decodeCursor(cursor: string): ListPosition {
  const parsed = content.safeParse(parse(cursor));
  if (!parsed.success)
    throw new InvalidInput('the cursor is invalid', [
      { path: 'cursor', message: 'is not a cursor of this list' },
    ]);
  const [createdAt, id] = parsed.data;
  return { createdAt, id };
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
