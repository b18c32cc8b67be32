import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Context } from '../context.js';
import { lockAll } from '../db/locks.js';
import { statement } from '../db/statement.js';
import type { Transaction } from '../db/transaction.js';
import { MadeByImports, type KeptNode, type MadeByImport } from './rollback-keep.js';

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
const deleteImported = statement('legacy/delete-imported.cypher', {
  params: z.object({ nodes: ids, edges: ids }),
  row: z.object({ contents: z.number() }),
});
const forgetImports = statement('legacy/forget-imports.cypher', {
  params: z.object({ keys: ids }),
  row: z.never(),
});

const removable = ['artifacts', 'stories', 'runs', 'contents'] as const;

/** How many imports were taken back, and what was removed with them. */
export interface RollbackReport extends Record<(typeof removable)[number], number> {
  source: string;
  imports: number;
  /** What stays because others use it, and why. */
  kept: KeptNode[];
}

export interface RollbackOptions {
  /** Why, for the audit record. */
  reason?: string;
  onProgress?: (imports: number) => void;
  signal?: AbortSignal | undefined;
}

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
  const none = { imports: 0, artifacts: 0, stories: 0, runs: 0, contents: 0 };
  const report: RollbackReport = { source, ...none, kept: [] };
  const reason = options.reason ?? `the import from ${source} is taken back`;
  const made = new MadeByImports(ctx.db, source);
  try {
    for await (const page of made.pages()) made.note(page);
    for await (const page of made.pages()) {
      options.signal?.throwIfAborted();
      report.kept.push(...(await made.keep(await made.usedByOthers(ctx.db, page))));
    }
    for await (const page of made.pages()) {
      options.signal?.throwIfAborted();
      await takeBack(page);
      options.onProgress?.(report.imports);
    }
    return report;
  } finally {
    made.close();
  }

  /** One page in one transaction; when others came to use something of it meanwhile, that is kept and the page begun anew. */
  async function takeBack(page: readonly MadeByImport[]): Promise<void> {
    for (;;) {
      const done = await ctx.db.write((tx) => removePage(ctx, tx, { page, made, reason }));
      if (!done.used) {
        report.imports += page.length;
        for (const kind of removable) report[kind] += done[kind];
        return;
      }
      report.kept.push(...(await made.keep(done.used)));
    }
  }
}

/** @returns what was removed; or, with nothing changed, what others have come to use */
async function removePage(
  ctx: Context,
  tx: Transaction,
  { page, made, reason }: { page: readonly MadeByImport[]; made: MadeByImports; reason: string },
) {
  const unkept = made.unkeptOf(page);
  const idsOf = (kind: string) =>
    unkept.nodes.filter((node) => node.startsWith(`${kind} `)).map((node) => node.slice(kind.length + 1));
  const [artifacts, stories, runs] = [idsOf('artifact'), idsOf('story'), idsOf('run')];
  const addedTo = page.flatMap((one) => one.addedTo ?? []);
  await lockAll(tx, [{ stories: [...stories, ...addedTo], runs, steps: idsOf('step'), artifacts }]);
  const used = await made.usedByOthers(tx, page);
  if (used.length > 0) return { used };
  const keys = page.map(({ key }) => key);
  const [first = ''] = keys;
  await tx.exec(grantRollback, { id: randomUUID(), actor: ctx.actor, reason, first, after: keys.join('\n') });
  const { contents } = await tx.one(deleteImported, unkept);
  await tx.exec(forgetImports, { keys });
  return { artifacts: artifacts.length, stories: stories.length, runs: runs.length, contents };
}
