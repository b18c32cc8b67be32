import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Context } from '../context.js';
import { lockAll } from '../db/locks.js';
import { statement } from '../db/statement.js';
import type { Transaction } from '../db/transaction.js';
import { splitKey, splitTypedKey } from '../model/keys.js';
import type { RelationType } from '../model/vocabulary.js';
import { Ledger } from './write/ledger.js';
import { pageImports, storyMade, type MadeByImport } from './page-imports.js';
import { findUsedByOthers, isKept, keep, noteMade, type KeptNode, type NodeKind } from './rollback-keep.js';

const ids = z.array(z.string());
const grantRollback = statement('legacy/grant-rollback.cypher', {
  params: z.object({
    id: z.string(),
    actor: z.string(),
    reason: z.string(),
    first: z.string(),
    after: z.string(),
  }),
  row: z.never(),
});
const deleteEdges = statement('legacy/delete-imported-edges.cypher', {
  params: z.object({ linkKeys: ids, stageKeys: ids, derived: ids, variants: ids, transcoded: ids }),
  row: z.never(),
});
const deleteNodes = statement('legacy/delete-imported-nodes.cypher', {
  params: z.object({ artifactIds: ids, stepIds: ids, runIds: ids, storyIds: ids }),
  row: z.never(),
});
const readContentsOf = statement('legacy/read-contents-of.cypher', {
  params: z.object({ artifactIds: ids }),
  row: z.object({ sha256: z.string() }),
});
const deleteLooseContents = statement('legacy/delete-loose-contents.cypher', {
  params: z.object({ digests: ids }),
  row: z.object({ sha256: z.string() }),
});
const takeBackFields = statement('legacy/take-back-fields.cypher', {
  params: z.object({ rows: z.array(z.object({ id: z.string(), fields: ids })) }),
  row: z.never(),
});
const forgetImports = statement('legacy/forget-imports.cypher', {
  params: z.object({ keys: ids }),
  row: z.never(),
});
const readSources = statement('legacy/read-sources.cypher', {
  params: z.object({}),
  row: z.object({ source: z.string(), count: z.number() }),
});

export interface RollbackReport {
  source: string;
  /** Imports taken back, and what was removed with them. */
  imports: number;
  artifacts: number;
  stories: number;
  runs: number;
  contents: number;
  /** What stays because others use it, and why. */
  kept: KeptNode[];
}

export interface RollbackOptions {
  /** Why, for the audit record. */
  reason?: string;
  onProgress?: (imports: number) => void;
  signal?: AbortSignal | undefined;
}

/** Imports taken back in one transaction. */
const pageSize = 200;

/**
 * Removes exactly what the imports from one old database made: never what others made, nor what others have come to
 * use, with all that it stands on. Works through the maintenance grant, which stays as the audit record. Interrupted, it
 * goes on where it was. Bytes that nothing refers to any more stay until unused content is collected.
 * @param source the database's name as recorded (`legacySourceName`)
 * @throws Unavailable
 */
export async function rollbackLegacy(
  ctx: Context,
  source: string,
  options: RollbackOptions = {},
): Promise<RollbackReport> {
  const ledger = Ledger.open();
  const report: RollbackReport = {
    source,
    imports: 0,
    artifacts: 0,
    stories: 0,
    runs: 0,
    contents: 0,
    kept: [],
  };
  try {
    for await (const page of pageImports(ctx, source, pageSize)) noteMade(ledger, page);
    for await (const page of pageImports(ctx, source, pageSize)) {
      options.signal?.throwIfAborted();
      report.kept.push(...(await keep(ctx, ledger, await findUsedByOthers(ctx.db, ledger, page))));
    }
    for await (const page of pageImports(ctx, source, pageSize)) {
      options.signal?.throwIfAborted();
      await takeBack(ctx, {
        page,
        ledger,
        report,
        reason: options.reason ?? `the import from ${source} is taken back`,
      });
      options.onProgress?.(report.imports);
    }
    return report;
  } finally {
    ledger.close();
  }
}

/** The names of the old databases that something was imported from. */
export async function listLegacySources({ db }: Context): Promise<{ source: string; count: number }[]> {
  return db.many(readSources, {});
}

interface Page {
  page: MadeByImport[];
  ledger: Ledger;
  report: RollbackReport;
  reason: string;
}

/** One page in one transaction; when others came to use something of it meanwhile, that is kept and the page begun anew. */
async function takeBack(ctx: Context, work: Page): Promise<void> {
  for (;;) {
    const doomed = doomedOf(work);
    const done = await ctx.db.write((tx) => removePage(ctx, tx, work, doomed));
    if ('contents' in done) {
      work.report.imports += work.page.length;
      work.report.artifacts += doomed.artifactIds.length;
      work.report.stories += doomed.storyIds.length;
      work.report.runs += doomed.runIds.length;
      work.report.contents += done.contents;
      return;
    }
    work.report.kept.push(...(await keep(ctx, work.ledger, done.used)));
  }
}

interface Doomed {
  artifactIds: string[];
  stepIds: string[];
  runIds: string[];
  storyIds: string[];
}

function doomedOf({ page, ledger }: Page): Doomed {
  const unkept = (kind: NodeKind, all: string[]) => {
    const kept = isKept(ledger, kind, all);
    return all.filter((id) => !kept.has(id));
  };
  return {
    artifactIds: unkept(
      'artifact',
      page.flatMap(({ artifactIds }) => artifactIds),
    ),
    stepIds: unkept(
      'step',
      page.flatMap(({ stepIds }) => stepIds),
    ),
    runIds: unkept(
      'run',
      page.flatMap(({ runIds }) => runIds),
    ),
    storyIds: unkept(
      'story',
      page.flatMap((made) => storyMade(made) ?? []),
    ),
  };
}

async function removePage(
  ctx: Context,
  tx: Transaction,
  { page, ledger, reason }: Page,
  doomed: Doomed,
): Promise<{ contents: number } | { used: KeptNode[] }> {
  const { storyIds, runIds, stepIds, artifactIds } = doomed;
  const touched = page.filter(({ addedFields }) => addedFields.length > 0);
  const stories = [...storyIds, ...touched.flatMap(({ sourceId }) => sourceId ?? [])];
  await lockAll(tx, [{ stories, runs: runIds, steps: stepIds, artifacts: artifactIds }]);
  const used = await findUsedByOthers(tx, ledger, page);
  if (used.length > 0) return { used };
  const [first] = page;
  if (!first) return { contents: 0 };
  await tx.exec(grantRollback, {
    id: randomUUID(),
    actor: ctx.actor,
    reason,
    first: first.key,
    after: page.map(({ key }) => key).join('\n'),
  });
  const digests = (await tx.many(readContentsOf, { artifactIds })).map(({ sha256 }) => sha256);
  await tx.exec(deleteEdges, edgesToDelete(page, ledger));
  await tx.exec(deleteNodes, doomed);
  const contents = await tx.many(deleteLooseContents, { digests });
  await tx.exec(takeBackFields, {
    rows: touched.map(({ sourceId, addedFields }) => ({ id: sourceId ?? '', fields: addedFields })),
  });
  await tx.exec(forgetImports, { keys: page.map(({ key }) => key) });
  return { contents: contents.length };
}

/** The imports' edges, but for those that join what stays: without them it would not be what others use. */
function edgesToDelete(page: readonly MadeByImport[], ledger: Ledger) {
  const kept = isKept(ledger, 'artifact', [...new Set(page.flatMap(artifactEnds))]);
  const doomed = (keys: string[], artifactsOf: (key: string) => string[]) =>
    keys.filter((key) => !artifactsOf(key).some((id) => kept.has(id)));
  const relationKeys = doomed(
    page.flatMap(({ relationKeys }) => relationKeys),
    relationEnds,
  );
  const typed = relationKeys.map(splitTypedKey);
  const ofType = (type: RelationType) => typed.filter((one) => one.type === type).map(({ key }) => key);
  return {
    linkKeys: doomed(
      page.flatMap(({ linkKeys }) => linkKeys),
      middleOf,
    ),
    stageKeys: doomed(
      page.flatMap(({ stageKeys }) => stageKeys),
      middleOf,
    ),
    derived: ofType('DERIVED_FROM'),
    variants: ofType('VARIANT_OF'),
    transcoded: ofType('TRANSCODED_FROM'),
  };
}

/** `storyId|artifactId|role` and `runId|artifactId|stage` have the artifact in the middle; ids hold no `|`. */
const middleOf = (key: string) => splitKey(key).slice(1, 2);
const relationEnds = (typed: string) => splitKey(splitTypedKey(typed).key);

function artifactEnds({ linkKeys, stageKeys, relationKeys }: MadeByImport): string[] {
  return [...[...linkKeys, ...stageKeys].flatMap(middleOf), ...relationKeys.flatMap(relationEnds)];
}
