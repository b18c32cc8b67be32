import { z } from 'zod';
import { asColumns } from '../../db/columns.js';
import type { Context } from '../../context.js';
import { statement } from '../../db/statement.js';
import type { Transaction } from '../../db/transaction.js';
import type { FileReport } from '../media/find-media.js';
import type { BundleName } from '../source/legacy-bundle.js';

/** The database, or a transaction that holds what it reads. */
export type GraphReader = Pick<Transaction, 'many' | 'one'>;

/** What becomes of one unit of the import. */
export const bundleOutcome = z.enum(['imported', 'skipped', 'failed']);

const ids = z.array(z.string());
/** Ids and keys of all that a plan made, and what of its rows could not be taken over as it was. */
const made = z.object({
  artifactIds: ids.default([]),
  runIds: ids.default([]),
  stepIds: ids.default([]),
  linkKeys: ids.default([]),
  relationKeys: ids.default([]),
  stageKeys: ids.default([]),
  problems: ids.default([]),
});
/** `newContents`: digests whose Content was not in the graph. */
export type Made = z.output<typeof made> & { newContents: string[] };

const importRecord = made.extend({
  key: z.string(),
  source: z.string(),
  kind: z.string(),
  sourceId: z.string().nullable(),
  rowName: z.string(),
  digest: z.string(),
  outcome: z.enum(['imported', 'failed']),
  reason: z.string().nullable().default(null),
  at: z.number().int(),
  actor: z.string(),
  madeStory: z.boolean().default(false),
  addedFields: ids.default([]),
  files: z.string().nullable().default(null),
});

/** What one old row became: by its bundle's key it is found again, by the ids and keys it can be taken back. */
type ImportRecord = Omit<z.input<typeof importRecord>, keyof BundleName | 'sourceId' | 'at' | 'actor'> & {
  bundle: BundleName;
};

const rememberStatement = statement('legacy/remember-imports.cypher', {
  params: z.object({ rows: asColumns(importRecord) }),
  row: z.never(),
});
const findStatement = statement('legacy/find-imports.cypher', {
  params: z.object({ keys: ids }),
  row: z.object({
    key: z.string(),
    digest: z.string().nullable(),
    outcome: bundleOutcome,
    reason: z.string().nullable(),
    rowName: z.string().nullable(),
    troubled: z.boolean(),
  }),
});
const findErasedStatement = statement('legacy/find-erased.cypher', {
  params: z.object({ storyIds: ids }),
  row: z.object({ id: z.string() }),
});
export type Remembered = z.infer<typeof findStatement.row>;

/** Writes records, in the transaction of what they tell of. */
export async function rememberImports(
  { clock, actor }: Context,
  tx: Transaction,
  records: readonly ImportRecord[],
): Promise<void> {
  const at = clock().getTime();
  const rows = records.map(({ bundle: { key, kind, id, rowName, source }, ...became }) => {
    return { ...became, key, kind, sourceId: id, rowName, source, at, actor };
  });
  if (rows.length > 0) await tx.exec(rememberStatement, { rows });
}

/** What is known of bundles: the record of an earlier import, and whether it is a story that was erased. */
export async function recall(reader: GraphReader, bundles: readonly BundleName[]) {
  const keys = [...new Set(bundles.map(({ key }) => key))];
  const records = new Map((await reader.many(findStatement, { keys })).map((record) => [record.key, record]));
  const isStory = ({ kind }: BundleName) => kind === 'story';
  const erased = await findErased(
    reader,
    bundles.filter(isStory).flatMap(({ id }) => id ?? []),
  );
  return {
    recordOf: ({ key }: BundleName): Remembered | undefined => records.get(key),
    isErased: (bundle: BundleName): boolean => isStory(bundle) && erased.has(bundle.id ?? ''),
  };
}

/** Those of the stories that were erased; an import must not bring them back. */
export async function findErased(reader: GraphReader, storyIds: readonly string[]): Promise<Set<string>> {
  const found = await reader.many(findErasedStatement, { storyIds: [...storyIds] });
  return new Set(found.map(({ id }) => id));
}

export const erasedReason = 'it was erased; what was erased is not imported again';

/** Files that are not simply stored, as the record keeps them; null when there are none. */
export function troubledFiles(files: readonly FileReport[]): string | null {
  const troubled = files.filter(({ outcome }) => outcome !== 'stored' && outcome !== 'remote');
  return troubled.length > 0 ? JSON.stringify(troubled) : null;
}
