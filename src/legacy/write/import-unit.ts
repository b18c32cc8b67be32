import type { ImportPlan } from '../plan/import-plan.js';
import type { LegacyBundle } from '../source/legacy-bundle.js';
import type { Made, Remembered } from './remember-imports.js';

/** What became of a bundle: what it made, or why nothing was. `asBefore`: it failed in an earlier import. */
export type ImportResult =
  | { outcome: 'imported'; made: Made }
  | { outcome: 'skipped'; reason: string }
  | { outcome: 'failed'; reason: string; asBefore?: true };

/** A bundle on its way through the import. Each step adds what it finds out; one with a result goes no further. */
export interface ImportUnit {
  readonly bundle: LegacyBundle;
  readonly digest: string;
  /** What is remembered of an earlier import. */
  readonly record: Remembered | undefined;
  plan: ImportPlan | null;
  result: ImportResult | null;
}

export type PlannedUnit = ImportUnit & { plan: ImportPlan };

export const isPlanned = (unit: ImportUnit): unit is PlannedUnit => unit.plan !== null;

/** True where an earlier import brought it: only what was missing then is added. */
export const completes = ({ record }: ImportUnit): boolean => record?.outcome === 'imported';
