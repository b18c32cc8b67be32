import { isDeepStrictEqual } from 'node:util';
import pLimit from 'p-limit';
import { z } from 'zod';
import type { Context } from '../context.js';
import { statement } from '../db/statement.js';
import { artifactEntity } from '../model/artifact.js';
import { sha256, type Sha256 } from '../model/digest.js';
import { rowOf } from '../model/stored.js';
import { storyBundles } from './source/assemble-bundles.js';
import type { ImportPlan, PlannedArtifact } from './plan/import-plan.js';
import {
  bundleDigest,
  readBundle,
  storyIdsOf,
  type BundleName,
  type LegacyBundle,
  type OldBundle,
} from './source/legacy-bundle.js';
import type { LegacyTables } from './source/legacy-tables.js';
import { planBundle, UnusableBundle } from './plan/plan-bundle.js';
import { readMedia, type MediaOf } from './media/read-media.js';
import { findErased, findRemembered, type Remembered } from './write/remember-imports.js';
import { mediaReader, type MediaOptions, type MediaReader } from './media/media-reader.js';

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
type ImportedStory = z.infer<typeof readStories.row>;

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

type Found = Omit<LegacyFinding, 'story_id'>[];

async function checkBatch(ctx: Context, bundles: readonly LegacyBundle[], reader: MediaReader) {
  const remembered = await findRemembered(
    ctx.db,
    bundles.map(({ key }) => key),
  );
  const erased = await findErased(ctx.db, storyIdsOf(bundles));
  const read = bundles.map(readBundle);
  const media = await readMedia(read, reader);
  const planned = bundles.map((bundle, position) => ({
    name: bundle,
    digest: bundleDigest(bundle),
    plan: planOrNull(read[position], media),
    record: remembered.get(bundle.key),
  }));
  const storyIds = planned.flatMap(({ plan }) => plan?.id ?? []);
  const stories = new Map((await ctx.db.many(readStories, { ids: storyIds })).map((row) => [row.id, row]));
  const ids = new Set([
    ...planned.flatMap(({ plan }) => plan?.artifacts.map(({ id }) => id) ?? []),
    ...[...stories.values()].flatMap(({ artifactIds }) => artifactIds),
  ]);
  const artifacts = new Map(
    (await ctx.db.many(readArtifacts, { ids: [...ids] })).map((row) => [row.artifact.id, row]),
  );
  const missing = await missingBytes(ctx, [...artifacts.values()]);
  return planned.map((one) => {
    const id = one.name.id ?? '';
    const findings = erased.has(id) ? [] : compare({ ...one, story: stories.get(id), artifacts, missing });
    return { storyId: one.name.id ?? `row ${one.name.rowName}`, findings };
  });
}

function planOrNull(bundle: OldBundle | undefined, media: MediaOf): ImportPlan | null {
  try {
    return bundle ? planBundle(bundle, media.get(bundle) ?? new Map(), 0) : null;
  } catch (error) {
    if (error instanceof UnusableBundle) return null;
    throw error;
  }
}

/** Digests that artifacts have and the store does not. */
async function missingBytes(
  { content }: Context,
  artifacts: readonly ImportedArtifact[],
): Promise<ReadonlySet<Sha256 | null>> {
  const digests = [...new Set(artifacts.flatMap((artifact) => artifact.content ?? []))];
  const stats = await pLimit(concurrentLooks).map(digests, (digest) => content.stat(digest));
  return new Set(digests.filter((_, position) => stats[position] === null));
}

interface Comparison {
  name: BundleName;
  digest: string;
  plan: ImportPlan | null;
  record: Remembered | undefined;
  story: ImportedStory | undefined;
  artifacts: ReadonlyMap<string, ImportedArtifact>;
  missing: ReadonlySet<Sha256 | null>;
}

function compare({ name, digest, plan, record, story, artifacts, missing }: Comparison): Found {
  if (!record) return [{ finding: 'not_imported', detail: 'there is no record of its import' }];
  if (record.outcome === 'failed')
    return [{ finding: 'failed', detail: record.reason ?? 'its import failed' }];
  if (!plan || !story) return [{ finding: 'differs', detail: 'the graph has no such story' }];
  const ids = new Set([...plan.artifacts.map(({ id }) => id), ...story.artifactIds]);
  const lost = [...ids].filter((id) => missing.has(artifacts.get(id)?.content ?? null));
  const findings: Found = [
    ...[...compareStory(plan, story), ...compareArtifacts(plan, story, artifacts)].map(
      (detail) => ({ finding: 'differs', detail }) as const,
    ),
    ...lost.map((id) => ({
      finding: 'bytes_missing' as const,
      detail: `the store does not have the bytes of artifact ${id}`,
    })),
  ];
  if (record.digest === digest) return findings;
  if (record.rowName !== name.rowName) {
    const detail = `another row of the same id was imported (row ${record.rowName})`;
    return [{ finding: 'not_imported', detail }];
  }
  const details = ['its old rows changed after the import', findings.map(({ detail }) => detail).join('; ')];
  return [{ finding: 'changed', detail: details.filter((detail) => detail !== '').join(': ') }];
}

function compareStory({ story }: ImportPlan, found: ImportedStory): string[] {
  if (!story) return [];
  const names = Object.keys(story.fields).filter((name) => story.fields[name] !== found.fields[name]);
  if (story.createdAt !== found.createdAt) names.push('createdAt');
  return names.map((name) => `the story's ${name} is not what the old row says`);
}

function compareArtifacts(
  plan: ImportPlan,
  story: ImportedStory,
  artifacts: ReadonlyMap<string, ImportedArtifact>,
): string[] {
  const planned = new Set(plan.artifacts.map(({ id }) => id));
  const gone = story.artifactIds.filter((id) => !planned.has(id));
  const links = new Set(story.linkKeys);
  const unlinked = story.madeLinkKeys.filter((key) => !links.has(key));
  return [
    ...gone.map((id) => `what artifact ${id} was imported from is not there any more`),
    ...plan.artifacts.flatMap((wanted) => compareArtifact(wanted, artifacts.get(wanted.id))),
    ...unlinked.map((key) => `the link ${key} is not there any more`),
  ];
}

function compareArtifact(wanted: PlannedArtifact, found: ImportedArtifact | undefined): string[] {
  const what = `artifact ${wanted.id} (${wanted.description ?? wanted.type})`;
  if (!found) return [`${what} is not in the graph; import --retry-failed adds what was missing`];
  const fields = ['type', 'contentHash', 'payload', 'path', 'url', 'createdAt'] as const;
  const names: string[] = fields.filter((name) => !isDeepStrictEqual(wanted[name], found.artifact[name]));
  if (wanted.content && found.content !== wanted.content.sha256 && !names.includes('contentHash'))
    names.push('content');
  return names.map((name) => `the ${name} of ${what} is not what the old data say`);
}
