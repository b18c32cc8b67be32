import { z } from 'zod';
import { InvalidInput } from '../errors.js';

const place = z.tuple([z.iso.datetime({ offset: true }), z.string().min(1).max(400)]);

/** A place among the audit events; `at` as exact as the database has it. */
export interface EventPlace {
  at: string;
  id: string;
}

/** As an opaque word. */
export function encodeCursor({ at, id }: EventPlace): string {
  return Buffer.from(JSON.stringify([at, id])).toString('base64url');
}

/** @throws InvalidInput for anything that `encodeCursor` did not make */
export function decodeCursor(cursor: string): EventPlace {
  const parsed = z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(Buffer.from(text, 'base64url').toString());
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
        context.addIssue({ code: 'custom', message: 'is not JSON' });
        return z.NEVER;
      }
    })
    .pipe(place)
    .safeParse(cursor);
  if (!parsed.success)
    throw new InvalidInput('the cursor is invalid', [
      { path: 'after', message: 'is not a cursor of this feed' },
    ]);
  const [at, id] = parsed.data;
  return { at, id };
}
