import { isDeepStrictEqual } from 'node:util';
import pLimit from 'p-limit';
import { z } from 'zod';
import type { Context } from '../context.js';
import { statement } from '../db/statement.js';
import { artifactEntity } from '../model/artifact.js';
import { sha256, type Sha256 } from '../model/digest.js';
import { rowOf } from '../model/stored.js';
import type { ImportUnit } from './write/import-unit.js';
import { mediaReader, type MediaOptions, type MediaReader } from './media/media-reader.js';
import type { ImportPlan, PlannedArtifact } from './plan/import-plan.js';
import { planUnits, recallUnits } from './prepare-batch.js';
import { storyBundles } from './source/assemble-bundles.js';
import type { LegacyBundle } from './source/legacy-bundle.js';
import type { LegacyTables } from './source/legacy-tables.js';

const ids = z.array(z.string());
const readArtifacts = statement('legacy/read-imported-artifacts.cypher', {
  params: z.object({ ids }),
  row: z.object({ artifact: rowOf(artifactEntity), content: sha256.nullable() }),
});
const readStories = statement('legacy/read-imported-stories.cypher', {
  params: z.object({ ids }),
  row: z.object({
    id: z.string(),
    createdAt: z.number(),
    fields: z.record(z.string(), z.unknown()),
    linkKeys: ids,
    artifactIds: ids,
    madeLinkKeys: ids,
  }),
});
type ImportedArtifact = z.infer<typeof readArtifacts.row>;

/** One thing that is not as the old database says. */
export interface LegacyFinding {
  story_id: string;
  finding: 'not_imported' | 'failed' | 'changed' | 'differs' | 'bytes_missing';
  detail: string;
}

export interface ValidateSummary {
  source: string;
  /** Stories of the old database, and those of them that are imported and exactly as their rows and files say, or erased. */
  total: number;
  clean: number;
  findings: number;
}

export type ValidateOptions = Omit<MediaOptions, 'dryRun'> & {
  signal?: AbortSignal | undefined;
  onFinding?: (finding: LegacyFinding) => void | Promise<void>;
  onProgress?: (done: number, total: number) => void;
};

const batchSize = 250;
const concurrentLooks = 16;

/**
 * Holds every story of the old database against the graph: its row and its files are read and planned as an import
 * would, and what is planned is compared with what is there; the store is asked for each content. Changes nothing.
 * @throws InvalidInput when the media root is not a folder
 * @throws Unavailable
 */
export async function validateLegacy(
  ctx: Context,
  tables: LegacyTables,
  options: ValidateOptions = {},
): Promise<ValidateSummary> {
  const reader = mediaReader(ctx, tables, { ...options, dryRun: true });
  const summary: ValidateSummary = { source: tables.name, total: 0, clean: 0, findings: 0 };
  const total = await tables.count('stories');
  for await (const bundles of storyBundles(tables, batchSize)) {
    options.signal?.throwIfAborted();
    for (const { storyId, findings } of await checkBatch(ctx, bundles, reader)) {
      summary.total++;
      summary.findings += findings.length;
      if (findings.length === 0) summary.clean++;
      for (const finding of findings) await options.onFinding?.({ story_id: storyId, ...finding });
    }
    options.onProgress?.(summary.total, total);
  }
  return summary;
}

type Found = Omit<LegacyFinding, 'story_id'>;

async function checkBatch(ctx: Context, bundles: readonly LegacyBundle[], reader: MediaReader) {
  const units = await recallUnits(ctx, bundles);
  await planUnits(ctx, units, reader);
  const graph = await readGraph(
    ctx,
    units.flatMap(({ plan }) => plan ?? []),
  );
  return units.map((unit) => ({
    storyId: unit.bundle.id ?? `row ${unit.bundle.rowName}`,
    findings: unit.result?.outcome === 'skipped' ? [] : compare(unit, graph),
  }));
}

const idsOf = ({ artifacts }: ImportPlan) => artifacts.map(({ id }) => id);

/** What the graph has of the stories of plans; `missing` are digests of which the store does not have the bytes. */
async function readGraph({ db, content }: Context, plans: readonly ImportPlan[]) {
  const stories = await db.many(readStories, { ids: plans.map(({ id }) => id) });
  const ids = new Set([...plans.flatMap(idsOf), ...stories.flatMap(({ artifactIds }) => artifactIds)]);
  const artifacts = await db.many(readArtifacts, { ids: [...ids] });
  const digests = [...new Set(artifacts.flatMap((artifact) => artifact.content ?? []))];
  const stats = await pLimit(concurrentLooks).map(digests, (digest) => content.stat(digest));
  return {
    stories: new Map(stories.map((story) => [story.id, story])),
    artifacts: new Map(artifacts.map((row) => [row.artifact.id, row])),
    missing: new Set<Sha256 | null>(digests.filter((_, position) => stats[position] === null)),
  };
}

type Graph = Awaited<ReturnType<typeof readGraph>>;

function compare({ bundle, digest, record, plan, result }: ImportUnit, graph: Graph): Found[] {
  if (!record) return [{ finding: 'not_imported', detail: 'there is no record of its import' }];
  if (record.outcome === 'failed')
    return [{ finding: 'failed', detail: record.reason ?? 'its import failed' }];
  if (result?.outcome === 'failed') return [{ finding: 'differs', detail: result.reason }];
  const findings = plan ? findingsOf(plan, graph) : null;
  if (!findings) return [{ finding: 'differs', detail: 'the graph has no such story' }];
  if (record.digest === digest) return findings;
  if (record.rowName !== bundle.rowName) {
    const detail = `another row of the same id was imported (row ${record.rowName})`;
    return [{ finding: 'not_imported', detail }];
  }
  const details = findings.map(({ detail }) => detail).join('; ');
  return [
    { finding: 'changed', detail: `its old rows changed after the import${details && `: ${details}`}` },
  ];
}

/** What of a plan is not so in the graph or the store; null when the story itself is not there. */
function findingsOf(plan: ImportPlan, { stories, artifacts, missing }: Graph): Found[] | null {
  const found = stories.get(plan.id);
  if (!found) return null;
  const planned = new Set(idsOf(plan));
  const all = new Set([...planned, ...found.artifactIds]);
  const fields = plan.story ? { ...plan.story.fields, createdAt: plan.story.createdAt } : {};
  const differences = [
    ...differing(fields, { ...found.fields, createdAt: found.createdAt }).map(
      (name) => `the story's ${name} is not what the old row says`,
    ),
    ...[...all]
      .filter((id) => !planned.has(id))
      .map((id) => `what artifact ${id} was imported from is not there any more`),
    ...plan.artifacts.flatMap((artifact) => compareArtifact(artifact, artifacts.get(artifact.id))),
    ...found.madeLinkKeys
      .filter((key) => !found.linkKeys.includes(key))
      .map((key) => `the link ${key} is not there any more`),
  ];
  const lost = [...all].filter((id) => missing.has(artifacts.get(id)?.content ?? null));
  return [
    ...differences.map((detail) => ({ finding: 'differs' as const, detail })),
    ...lost.map((id) => ({
      finding: 'bytes_missing' as const,
      detail: `the store does not have the bytes of artifact ${id}`,
    })),
  ];
}

/** The names of what is not as it should be. */
const differing = (wanted: Record<string, unknown>, found: Record<string, unknown>): string[] =>
  Object.keys(wanted).filter((name) => !isDeepStrictEqual(wanted[name], found[name]));

function compareArtifact(wanted: PlannedArtifact, found: ImportedArtifact | undefined): string[] {
  const what = `artifact ${wanted.id} (${wanted.description ?? wanted.type})`;
  if (!found) return [`${what} is not in the graph; import --retry-failed adds what was missing`];
  const { type, contentHash, payload, path, url, createdAt, content } = wanted;
  const names = differing({ type, contentHash, payload, path, url, createdAt }, found.artifact);
  if (content && found.content !== content.sha256 && !names.includes('contentHash')) names.push('content');
  return names.map((name) => `the ${name} of ${what} is not what the old data say`);
}
