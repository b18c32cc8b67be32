import type { Context } from '../context.js';
import { NotFound } from '../errors.js';
import { parseInput } from '../model/parse-input.js';
import { isDeep, readDeep } from './trace-deep.js';
import { readTogether } from './shared-traces.js';
import { traceLineageInput, type TraceColumns, type TraceRequest } from './trace-request.js';
import type { Trace } from './trace.js';

/**
 * What is up and down the provenance of some artifacts, in columns. ARCHITECTURE.md tells which statement serves which
 * request, and why.
 * @throws NotFound naming the first artifact that does not exist
 */
export async function readTrace({ db }: Pick<Context, 'db'>, request: TraceRequest): Promise<Trace> {
  const { found, trace } = await (isDeep(request) ? readDeep(db, request) : readTogether(db, request));
  const known = new Set(found);
  const missing = request.artifactIds.find((id) => !known.has(id));
  if (missing !== undefined) throw new NotFound('artifact', missing);
  return trace;
}

/**
 * The lineage of one artifact as a client asks for it (`traceLineageInput`), in columns.
 * @throws InvalidInput; NotFound
 */
export async function readLineage(
  ctx: Pick<Context, 'db'>,
  input: unknown,
  columns: TraceColumns,
): Promise<Trace> {
  const { artifactId, relationTypes, ...rest } = parseInput(traceLineageInput, input);
  return readTrace(ctx, {
    artifactIds: [artifactId],
    relationTypes: relationTypes ?? null,
    ...rest,
    columns,
  });
}
