import { z } from 'zod';
import { lineageDirections, maxDepth, maxLimit } from '../lineage/trace-request.js';
import { artifactOut, relationOut } from './artifact-schemas.js';
import { count, relationTypesParam, wholeNumber } from './schema-parts.js';

export const lineageQuery = z.strictObject({
  direction: z.enum(lineageDirections).default('both'),
  depth: wholeNumber(1, maxDepth).default(20),
  limit: wholeNumber(1, maxLimit).default(1000),
  relation_type: relationTypesParam.optional(),
});

const relative = artifactOut
  .extend({ depth: count.meta({ description: 'The least distance' }) })
  .meta({ id: 'Relative' });

export const lineageOut = z
  .object({
    artifact_id: z.string(),
    artifact: artifactOut,
    ancestors: z.array(relative),
    descendants: z.array(relative),
    relations: z.array(relationOut),
    total_count: count,
    truncated: z.boolean().meta({ description: 'depth or limit cut something off' }),
  })
  .meta({ id: 'Lineage' });

/** The lines of a lineage, in this order; there may be any number of the last three. */
export const lineageLine = z
  .union([
    z.object({ artifact_id: z.string(), total_count: count, truncated: z.boolean() }),
    z.object({ artifact: artifactOut }),
    z.object({ ancestor: relative }),
    z.object({ descendant: relative }),
    z.object({ relation: relationOut }),
  ])
  .meta({ id: 'LineageLine' });
