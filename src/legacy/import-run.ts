import type { Context } from '../context.js';
import type { RowReport } from './import-report.js';
import type { ImportTally } from './import-tally.js';
import type { LegacyTables } from './source/legacy-tables.js';
import type { Ledger } from './write/ledger.js';
import type { MediaReader } from './media/resolve-media.js';

export interface ImportOptions {
  /** The folder that the old system served as /data; beside a SQLite file, `data`, when absent. */
  mediaRoot?: string | undefined;
  /** Beginnings of paths as the old machine wrote them, and the folder each stands for here. */
  pathMaps?: readonly { from: string; to: string }[];
  /** Tells what would be done, and changes neither the graph nor the store. */
  dryRun?: boolean;
  /** Tries again what failed before, and files that were missing or refused. */
  retryFailed?: boolean;
  /** Stories in one transaction; 250 when absent. */
  batch?: number;
  /** Larger files are not taken; 1 GiB when absent. */
  maxFileBytes?: number;
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
