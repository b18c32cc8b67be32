import { z } from 'zod';
import { fileOutcome, fileReport } from './media/file-report.js';
import { bundleKinds } from './source/legacy-bundle.js';
import type { Ledger } from './write/ledger.js';
import { bundleOutcome, type Made } from './write/remember-imports.js';

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
  readonly #started: number;

  constructor(
    of: Pick<ImportSummary, 'source' | 'dry_run'>,
    private readonly ledger: Ledger,
    private readonly now: () => number,
  ) {
    this.summary = importSummary.parse(of);
    this.#started = now();
  }

  /** What a write made (or in a dry run would make). A content that several stories share is counted once. */
  countMade({ artifactIds, linkKeys, relationKeys, runIds, newContents }: Made): void {
    this.summary.artifacts += artifactIds.length;
    this.summary.links += linkKeys.length;
    this.summary.relations += relationKeys.length;
    this.summary.runs += runIds.length;
    this.summary.contents += this.ledger.add(newContents.map((digest) => `content ${digest}`)).size;
  }

  count(report: RowReport): void {
    const ofKind = 'story_id' in report ? this.summary : this.summary.others;
    ofKind.total++;
    ofKind[report.outcome]++;
    const { files } = this.summary;
    for (const { outcome } of report.files) files[outcome] = (files[outcome] ?? 0) + 1;
  }

  /** The counts so far. */
  finished(): ImportSummary {
    this.summary.seconds = Math.round((this.now() - this.#started) / 10) / 100;
    return this.summary;
  }
}
