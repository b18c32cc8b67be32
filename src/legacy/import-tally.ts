import type { ImportSummary, LooseReport, StoryReport } from './import-report.js';
import type { FileReport } from './media/file-report.js';
import type { Ledger } from './write/ledger.js';
import type { WriteResult } from './write/write-batch.js';

/** Counts an import while it runs. */
export class ImportTally {
  readonly summary: ImportSummary;
  readonly #started: number;

  constructor(
    source: string,
    dryRun: boolean,
    private readonly ledger: Ledger,
    private readonly now: () => number,
  ) {
    const none = { total: 0, imported: 0, skipped: 0, failed: 0 };
    const made = { artifacts: 0, links: 0, contents: 0, relations: 0, runs: 0 };
    this.summary = { source, dry_run: dryRun, ...none, others: { ...none }, ...made, files: {}, seconds: 0 };
    this.#started = now();
  }

  /** What a write made (or in a dry run would make). A content that several stories share is counted once. */
  countMade(result: WriteResult): void {
    if (result.outcome === 'failed') return;
    this.summary.artifacts += result.artifacts;
    this.summary.links += result.links;
    this.summary.relations += result.relations;
    this.summary.runs += result.runs;
    this.summary.contents += this.ledger.add(result.newContents.map((digest) => `content ${digest}`)).size;
  }

  countStory({ outcome, files }: StoryReport): void {
    this.summary.total++;
    this.summary[outcome]++;
    this.#countFiles(files);
  }

  countOther({ outcome, files }: LooseReport): void {
    this.summary.others.total++;
    this.summary.others[outcome]++;
    this.#countFiles(files);
  }

  #countFiles(files: readonly FileReport[]): void {
    for (const { outcome } of files) this.summary.files[outcome] = (this.summary.files[outcome] ?? 0) + 1;
  }

  /** The counts so far. */
  finished(): ImportSummary {
    this.summary.seconds = Math.round((this.now() - this.#started) / 10) / 100;
    return this.summary;
  }
}
