import type { Context } from '../context.js';
import type { ImportTally, RowReport } from './import-report.js';
import type { LegacyTables } from './source/legacy-tables.js';
import type { Ledger } from './write/ledger.js';
import type { MediaOptions, MediaReader } from './media/media-reader.js';

export interface ImportOptions extends MediaOptions {
  /** Tries again what failed before, and files that were missing or refused. */
  retryFailed?: boolean;
  /** Stories in one transaction; 250 when absent. */
  batch?: number;
  /** What became of each story, then of what belongs to no story. */
  onReport?: (report: RowReport) => void | Promise<void>;
  onProgress?: (progress: ImportProgress) => void;
  /** Ends the import after the batches that are under way; what is written stays, and the next import goes on from it. */
  signal?: AbortSignal | undefined;
}

/** Stories done of all; `others` are counted after the stories. */
export interface ImportProgress {
  done: number;
  total: number;
  others: number;
}

/** What the parts of one import share. */
export interface ImportRun {
  ctx: Context;
  tables: LegacyTables;
  options: ImportOptions;
  ledger: Ledger;
  reader: MediaReader;
  tally: ImportTally;
}
