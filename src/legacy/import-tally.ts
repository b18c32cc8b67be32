import type { ImportSummary, RowReport } from './import-report.js';
import type { Ledger } from './write/ledger.js';
import type { Made } from './write/remember-imports.js';

/** Counts an import while it runs. */
export class ImportTally {
  readonly summary: ImportSummary;
  readonly #started: number;

  constructor(
    { source, dryRun }: { source: string; dryRun: boolean },
    private readonly ledger: Ledger,
    private readonly now: () => number,
  ) {
    const none = { total: 0, imported: 0, skipped: 0, failed: 0 };
    const made = { artifacts: 0, links: 0, contents: 0, relations: 0, runs: 0 };
    this.summary = { source, dry_run: dryRun, ...none, others: { ...none }, ...made, files: {}, seconds: 0 };
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
    const counts = 'story_id' in report ? this.summary : this.summary.others;
    counts.total++;
    counts[report.outcome]++;
    const { files } = this.summary;
    for (const { outcome } of report.files) files[outcome] = (files[outcome] ?? 0) + 1;
  }

  /** The counts so far. */
  finished(): ImportSummary {
    this.summary.seconds = Math.round((this.now() - this.#started) / 10) / 100;
    return this.summary;
  }
}
