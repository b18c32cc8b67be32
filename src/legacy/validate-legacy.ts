import { z } from 'zod';
import type { Context } from '../context.js';
import { statement } from '../db/statement.js';
import { sha256 } from '../model/digest.js';
import { storePayload } from '../model/stored.js';
import { artifactType } from '../model/vocabulary.js';
import { storyBundles } from './source/assemble-bundles.js';
import { mediaRoots } from './import-legacy.js';
import type { ImportOptions } from './import-run.js';
import type { ImportPlan } from './plan/import-plan.js';
import { bundleDigest, bundleKey, storyIdsOf, type LegacyBundle } from './source/legacy-bundle.js';
import type { LegacyTables } from './source/legacy-tables.js';
import { planBundle, UnusableBundle } from './plan/plan-bundle.js';
import { readMedia } from './media/read-media.js';
import { findErased, findRemembered, type Remembered } from './write/remember-imports.js';
import type { MediaReader } from './media/resolve-media.js';

const text = z.string().nullable();
const readArtifacts = statement('legacy/read-imported-artifacts.cypher', {
  params: z.object({ ids: z.array(z.string()) }),
  row: z.object({
    id: z.string(),
    type: artifactType,
    contentHash: text,
    payload: text,
    path: text,
    url: text,
    createdAt: z.number(),
    content: text,
  }),
});
const readStories = statement('legacy/read-imported-stories.cypher', {
  params: z.object({ ids: z.array(z.string()) }),
  row: z.object({
    id: z.string(),
    createdAt: z.number(),
    fields: z.record(z.string(), z.unknown()),
    linkKeys: z.array(z.string()),
    artifactIds: z.array(z.string()),
    madeLinkKeys: z.array(z.string()),
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

export type ValidateOptions = Pick<ImportOptions, 'mediaRoot' | 'pathMaps' | 'maxFileBytes' | 'signal'> & {
  onFinding?: (finding: LegacyFinding) => void | Promise<void>;
  onProgress?: (done: number, total: number) => void;
};

const batchSize = 250;

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
  const reader: MediaReader = {
    roots: mediaRoots(tables, options),
    maxBytes: options.maxFileBytes ?? 1 << 30,
    scratchDir: ctx.content.scratchDir,
    keep: () => Promise.resolve(),
  };
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

async function checkBatch(ctx: Context, all: readonly LegacyBundle[], reader: MediaReader) {
  const erased = await findErased(ctx.db, storyIdsOf(all));
  const bundles = all.filter(({ id }) => !erased.has(id ?? ''));
  const asTheyShouldBe = [...erased].map((storyId) => ({ storyId, findings: [] }));
  const remembered = await findRemembered(ctx.db, bundles.map(bundleKey));
  const media = await readMedia(bundles, reader);
  const planned = bundles.map((bundle) => {
    const plan = planOrNull(bundle, media);
    return { bundle, plan, record: remembered.get(bundleKey(bundle)) };
  });
  const plans = planned.flatMap(({ plan }) => plan ?? []);
  const stories = new Map(
    (await ctx.db.many(readStories, { ids: plans.map(({ id }) => id) })).map((row) => [row.id, row]),
  );
  const ids = new Set([
    ...plans.flatMap(({ artifacts }) => artifacts.map(({ id }) => id)),
    ...[...stories.values()].flatMap(({ artifactIds }) => artifactIds),
  ]);
  const artifacts = new Map(
    (await ctx.db.many(readArtifacts, { ids: [...ids] })).map((row) => [row.id, row]),
  );
  const missing = await missingBytes(ctx, [...artifacts.values()]);
  const compared = planned.map(({ bundle, plan, record }) => ({
    storyId: bundle.id ?? `row ${bundle.rowName}`,
    findings: compare({ bundle, plan, record, story: stories.get(bundle.id ?? ''), artifacts, missing }),
  }));
  return [...asTheyShouldBe, ...compared];
}

function planOrNull(bundle: LegacyBundle, media: Awaited<ReturnType<typeof readMedia>>): ImportPlan | null {
  try {
    return planBundle(bundle, bundleDigest(bundle), media.get(bundle) ?? new Map(), 0);
  } catch (error) {
    if (error instanceof UnusableBundle) return null;
    throw error;
  }
}

/** Digests that artifacts have and the store does not. */
async function missingBytes(
  { content }: Context,
  artifacts: readonly ImportedArtifact[],
): Promise<Set<string>> {
  const digests = [...new Set(artifacts.flatMap((artifact) => artifact.content ?? []))].values();
  const missing = new Set<string>();
  const work = async () => {
    for (const digest of digests)
      if ((await content.stat(sha256.parse(digest))) === null) missing.add(digest);
  };
  await Promise.all(Array.from({ length: 16 }, work));
  return missing;
}

interface Comparison {
  bundle: LegacyBundle;
  plan: ImportPlan | null;
  record: Remembered | undefined;
  story: ImportedStory | undefined;
  artifacts: ReadonlyMap<string, ImportedArtifact>;
  missing: ReadonlySet<string>;
}

function compare({ bundle, plan, record, story, artifacts, missing }: Comparison): Found {
  if (!record) return [{ finding: 'not_imported', detail: 'there is no record of its import' }];
  if (record.outcome === 'failed')
    return [{ finding: 'failed', detail: record.reason ?? 'its import failed' }];
  if (!plan || !story) return [{ finding: 'differs', detail: 'the graph has no such story' }];
  const changed = record.digest !== bundleDigest(bundle);
  const findings = [
    ...compareStory(plan, story),
    ...compareArtifacts(plan, story, artifacts),
    ...[...new Set([...plan.artifacts.map(({ id }) => id), ...story.artifactIds])]
      .map((id) => artifacts.get(id))
      .filter((artifact) => artifact?.content && missing.has(artifact.content))
      .map((artifact) => ({
        finding: 'bytes_missing' as const,
        detail: `the store does not have the bytes of artifact ${artifact?.id}`,
      })),
  ];
  if (!changed) return findings;
  if (record.rowName !== bundle.rowName) {
    return [
      { finding: 'not_imported', detail: `another row of the same id was imported (row ${record.rowName})` },
    ];
  }
  const details = findings.map(({ detail }) => detail).join('; ');
  return [
    { finding: 'changed', detail: `its old rows changed after the import${details ? `: ${details}` : ''}` },
  ];
}

function compareStory({ story }: ImportPlan, found: ImportedStory): Found {
  if (!story) return [];
  const names = Object.keys(story.fields).filter((name) => story.fields[name] !== found.fields[name]);
  const times = story.createdAt === found.createdAt ? [] : ['createdAt'];
  return [...names, ...times].map((name) => ({
    finding: 'differs',
    detail: `the story's ${name} is not what the old row says`,
  }));
}

function compareArtifacts(
  plan: ImportPlan,
  story: ImportedStory,
  artifacts: ReadonlyMap<string, ImportedArtifact>,
): Found {
  const planned = new Set(plan.artifacts.map(({ id }) => id));
  const gone = story.artifactIds
    .filter((id) => !planned.has(id))
    .map((id) => `what artifact ${id} was imported from is not there any more`);
  const differing = plan.artifacts.flatMap((wanted) => {
    const found = artifacts.get(wanted.id);
    if (!found)
      return [
        `artifact ${wanted.id} (${wanted.description ?? wanted.type}) is not in the graph; import --retry-failed adds what was missing`,
      ];
    const fields = ['type', 'contentHash', 'payload', 'path', 'url', 'createdAt'] as const;
    const stored = { ...wanted, payload: storePayload(wanted.payload)[0] };
    const names: string[] = fields.filter((name) => stored[name] !== found[name]);
    if (wanted.content && found.content !== wanted.content.sha256 && !names.includes('contentHash'))
      names.push('content');
    return names.map(
      (name) =>
        `the ${name} of artifact ${wanted.id} (${wanted.description ?? wanted.type}) is not what the old data say`,
    );
  });
  const links = new Set(story.linkKeys);
  const unlinked = story.madeLinkKeys
    .filter((key) => !links.has(key))
    .map((key) => `the link ${key} is not there any more`);
  return [...gone, ...differing, ...unlinked].map((detail) => ({ finding: 'differs', detail }));
}
