import type { ImportSummary, RowReport } from '../legacy/import-report.js';
import type { FileReport } from '../legacy/media/find-media.js';
import { oneLine, printable } from '../model/text.js';

/** A story or other row for people: one line, and one for each problem and each file that is not simply stored. */
export function describeReport(report: RowReport): string[] {
  const name = 'story_id' in report ? `story ${report.story_id}` : `${report.kind} ${report.id}`;
  const details = [
    ...(report.problems ?? []),
    ...report.files
      .filter(isTroubled)
      .map(({ path, outcome, reason }) => `${outcome}: ${path}${reason ? ` (${reason})` : ''}`),
  ];
  const told = `${name}: ${report.outcome}${report.reason ? ` (${report.reason})` : ''}`;
  return [plain(told), ...details.map((detail) => `  ${plain(detail)}`)];
}

/** Old rows and files have any name; a report is read in a terminal, whichever way it comes there. */
const plain = (text: string) => printable(oneLine(text));

const isTroubled = ({ outcome, reason }: FileReport) => outcome !== 'stored' || reason !== undefined;

/** True when there is more to say of it than that it was imported, or was before. */
export function isRemarkable(report: RowReport): boolean {
  return report.outcome === 'failed' || (report.problems ?? []).length > 0 || report.files.some(isTroubled);
}

/** The counts for people. */
export function describeSummary(summary: ImportSummary): string[] {
  const { total, imported, skipped, failed, others, files } = summary;
  const would = summary.dry_run ? 'would be ' : '';
  const fileCounts = Object.entries(files).map(([outcome, count]) => `${count} ${outcome}`);
  return [
    `${total} stories: ${imported} ${would}imported, ${skipped} skipped, ${failed} failed`,
    ...(others.total > 0
      ? [
          `${others.total} rows outside of stories: ${others.imported} ${would}imported, ${others.skipped} skipped, ${others.failed} failed`,
        ]
      : []),
    `${summary.artifacts} artifacts, ${summary.contents} contents, ${summary.links} links, ${summary.relations} relations, ${summary.runs} runs ${would}made`,
    ...(fileCounts.length > 0 ? [`files: ${fileCounts.join(', ')}`] : []),
  ];
}
