import { z } from 'zod';
import { fileOutcome, fileReport } from './media/file-report.js';
import { bundleKinds } from './source/legacy-bundle.js';
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

const counts = {
  total: z.number().int(),
  imported: z.number().int(),
  skipped: z.number().int(),
  failed: z.number().int(),
};

/**
 * The counts of an import. `total` to `failed` count stories, and imported + skipped + failed = total; `others` counts
 * sessions, runs, artifacts and relations outside of stories in the same way. `artifacts`, `links`, `contents` and
 * `relations` count what was made, for stories and others together; `files` counts file references by outcome.
 */
export const importSummary = z.object({
  source: z.string(),
  dry_run: z.boolean(),
  ...counts,
  others: z.object(counts),
  artifacts: z.number().int(),
  links: z.number().int(),
  contents: z.number().int(),
  relations: z.number().int(),
  runs: z.number().int(),
  files: z.partialRecord(fileOutcome, z.number().int()),
  seconds: z.number(),
});
export type ImportSummary = z.infer<typeof importSummary>;

/** The whole report, as `--report FILE` writes it. */
export const importReport = importSummary.extend({
  stories: z.array(storyReport),
  others_list: z.array(looseReport),
});
