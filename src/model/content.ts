import { z } from 'zod';
import { sha256 } from './digest.js';
import { entity, type ValueOf } from './entity.js';
import { time } from './identifiers.js';

/** Bytes that the store holds, verified; one node for one digest. */
export const contentEntity = entity(
  'content',
  { label: 'Content' },
  {
    sha256: { shape: sha256, stored: 'text' },
    sizeBytes: { shape: z.number().int().nonnegative(), stored: 'integer' },
    mimeType: { shape: z.string(), stored: 'text' },
    storedAt: { shape: time, stored: 'time' },
    store: { shape: z.enum(['s3', 'disk']), stored: 'text', changes: true },
  },
);
export type ContentFacts = ValueOf<typeof contentEntity>;
