import { z } from 'zod';
import { completes, type ImportUnit } from './write/import-unit.js';
import { fileOutcome, fileReport } from './media/find-media.js';
import { bundleKinds } from './source/legacy-bundle.js';
import type { Ledger } from './write/ledger.js';
import { bundleOutcome } from './write/remember-imports.js';

/** `problems`: what of the row could not be taken over as it was, although the story was imported. */
const storyReport = z.object({
  story_id: z.string(),
  outcome: bundleOutcome,
  reason: z.string().optional(),
  problems: z.array(z.string()).optional(),
  files: z.array(fileReport),
});

/** Something outside the stories: a session that was never saved, a run or an artifact that no story has. */
const looseReport = storyReport.omit({ story_id: true }).extend({
  kind: z.enum(bundleKinds).exclude(['story']),
  id: z.string(),
});

export type RowReport = z.infer<typeof storyReport> | z.infer<typeof looseReport>;

const count = z.number().int().default(0);
const counts = z.object({ total: count, imported: count, skipped: count, failed: count });

/**
 * The counts of an import. `total` to `failed` count stories, and imported + skipped + failed = total; `others` counts
 * sessions, runs, artifacts and relations outside of stories in the same way. `artifacts`, `links`, `contents` and
 * `relations` count what was made, for stories and others together; `files` counts file references by outcome.
 */
const importSummary = z.object({
  source: z.string(),
  dry_run: z.boolean(),
  ...counts.shape,
  others: counts.prefault({}),
  artifacts: count,
  links: count,
  contents: count,
  relations: count,
  runs: count,
  files: z.partialRecord(fileOutcome, z.number().int()).default({}),
  seconds: z.number().default(0),
});
export type ImportSummary = z.output<typeof importSummary>;

/** The whole report, as `--report FILE` writes it. */
export const importReport = importSummary.extend({
  stories: z.array(storyReport),
  others_list: z.array(looseReport),
});

/** Counts an import while it runs. */
export class ImportTally {
  readonly summary: ImportSummary;

  constructor(
    source: string,
    isDryRun: boolean,
    private readonly ledger: Ledger,
  ) {
    this.summary = importSummary.parse({ source, dry_run: isDryRun });
  }

  /** Counts a unit that has its result. @returns what is told of it */
  count(unit: ImportUnit): RowReport {
    const { summary, ledger } = this;
    const { kind, id, rowName } = unit.bundle;
    if (unit.result?.outcome === 'imported') {
      const { artifactIds, linkKeys, relationKeys, runIds, newContents } = unit.result.made;
      summary.artifacts += artifactIds.length;
      summary.links += linkKeys.length;
      summary.relations += relationKeys.length;
      summary.runs += runIds.length;
      // A content that several stories share is counted once.
      summary.contents += ledger.add(newContents.map((digest) => `content ${digest}`)).size;
    }
    const facts = factsOf(unit);
    const counts = kind === 'story' ? summary : summary.others;
    counts.total++;
    counts[facts.outcome]++;
    for (const { outcome } of facts.files) summary.files[outcome] = (summary.files[outcome] ?? 0) + 1;
    const shown = id ?? `row ${rowName}`;
    return kind === 'story' ? { story_id: shown, ...facts } : { kind, id: shown, ...facts };
  }
}

function factsOf(unit: ImportUnit): Omit<z.infer<typeof storyReport>, 'story_id'> {
  const { plan, result } = unit;
  if (!result) throw new Error('a unit of the import has no result');
  const files = plan?.files ?? [];
  if (result.outcome === 'skipped') return { ...result, files: [] };
  if (result.outcome === 'failed') {
    const asBefore = result.asBefore ? ' (as before; --retry-failed tries again)' : '';
    return { outcome: 'failed', reason: `${result.reason}${asBefore}`, files };
  }
  const { problems, artifactIds, linkKeys, relationKeys, runIds } = result.made;
  if (completes(unit) && [artifactIds, linkKeys, relationKeys, runIds].every((made) => made.length === 0))
    return { outcome: 'skipped', reason: 'it was imported before; what was missing then still is', files };
  return { outcome: 'imported', ...(problems.length > 0 ? { problems } : {}), files };
}
