import { z } from 'zod';
import { previewSizes } from '../content/preview/make-preview.js';
import { InvalidInput } from '../errors.js';
import { parseJsonText } from '../http/json-body.js';
import { artifactEntity, artifactFacts } from '../model/artifact.js';
import type { Property } from '../model/entity.js';
import { fitsDouble } from '../model/exact-number.js';
import { queryShape } from './entity-schemas.js';
import { count, time, wholeNumber } from './schema-parts.js';

/** JSON as text in an address or a header. */
const jsonText = z.string().transform((text, context): unknown => {
  try {
    return parseJsonText(text);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    for (const { path, message } of error.issues) {
      context.addIssue({ code: 'custom', path: path === '' ? [] : path.split('.'), message });
    }
    return z.NEVER;
  }
});

const decimal = z
  .string()
  .regex(/^\d(\.\d{1,20})?$/, 'must be a number from 0 to 1')
  .refine(fitsDouble, 'has more digits than a number keeps')
  .transform(Number)
  .meta({ type: 'number', minimum: 0, maximum: 1, pattern: undefined });

/** A property as text in an address. A payload has no place there: the bytes are the body. */
function inAddress({ stored, shape }: Property): z.ZodType | null {
  if (stored === 'payload') return null;
  if (stored === 'integer') return wholeNumber(0, Number.MAX_SAFE_INTEGER);
  if (stored === 'float') return decimal;
  return stored === 'json' ? jsonText.meta({ description: 'A JSON object as text' }) : shape;
}

/** The fields of POST /artifacts as query parameters, all optional; `mime_type` goes before the Content-Type header. */
export const contentQuery = z.strictObject({
  ...queryShape(artifactEntity, inAddress),
  sources: jsonText
    .optional()
    .meta({ description: 'JSON as text: [{"artifact_id", "relation_type", "metadata"?}]' }),
});

export const contentHeaders = z.looseObject({
  'x-artifact': z
    .string()
    .optional()
    .meta({ description: 'The fields of POST /artifacts as a JSON object; query parameters come first' }),
});

export const downloadQuery = z.strictObject({
  redirect: z
    .enum(['0', '1'])
    .optional()
    .meta({ description: '1: an address of the store itself, where it has one' }),
});

export const previewQuery = z.strictObject({
  size: z.enum(previewSizes.map(String)).default('256').transform(Number).pipe(z.literal(previewSizes)),
});

export const waveformOut = z
  .object({
    duration: z.number().meta({ description: 'Seconds' }),
    peaks: z
      .array(z.number())
      .meta({ description: 'The greatest deflection in each of equal stretches, 0 to 1' }),
  })
  .meta({ id: 'Waveform' });

export const uploadIn = z
  .strictObject({
    file_size: z.number().int().positive(),
    content_hash: artifactFacts.shape.contentHash,
    seconds: z.number().int().min(60).max(86_400).default(3600),
  })
  .transform(({ file_size, content_hash, seconds }) => ({
    sizeBytes: file_size,
    contentHash: content_hash,
    seconds,
  }))
  .meta({ id: 'NewUpload' });

export const uploadOut = z
  .object({
    upload_id: z.string(),
    requests: z
      .array(z.object({ method: z.string(), url: z.string(), headers: z.record(z.string(), z.string()) }))
      .meta({ description: 'To be sent as they stand; none when the store has the bytes' }),
    part_size: count.nullable().meta({ description: 'Bytes in each part but the last' }),
    expires_at: time,
  })
  .meta({ id: 'Upload' });

export const uploadParams = z.object({ id: z.string().min(1) });

export const bytes = z.unknown().meta({ type: 'string', format: 'binary' });
