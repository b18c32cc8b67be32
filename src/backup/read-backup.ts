import { createHash } from 'node:crypto';
import { InvalidInput } from '../errors.js';
import { parseBackupLine, wrongLine, type BackupEnd, type BackupLine } from './backup-line.js';

export interface NumberedLine {
  /** 1 for the first. */
  number: number;
  line: Exclude<BackupLine, { kind: 'end' }>;
  /** Characters of its text. */
  length: number;
  /** The SHA-256 of all lines up to this one; dear enough not to be made for each. */
  digest: () => string;
}

/**
 * The lines of an export, checked: first the header, last the end line with the right number and digest.
 * @throws InvalidInput naming the line and field that is wrong
 */
export async function* readBackup(lines: AsyncIterable<string>): AsyncGenerator<NumberedLine> {
  const hash = createHash('sha256');
  const digest = () => hash.copy().digest('hex');
  let number = 0;
  let ended = false;
  for await (const text of lines) {
    number++;
    if (ended) throw wrongLine(number, '', 'comes after the end line');
    const line = parseBackupLine(text, number);
    if ((number === 1) !== (line.kind === 'header')) {
      throw wrongLine(
        number,
        '',
        number === 1 ? 'is not the first line of an export' : 'is a second first line',
      );
    }
    if (line.kind === 'end') {
      checkEnd(line.end, number, digest());
      ended = true;
    } else {
      hash.update(text).update('\n');
      yield { number, line, length: text.length, digest };
    }
  }
  if (!ended)
    throw new InvalidInput(`the export ends with line ${number}, without its end line: it is not whole`);
}

function checkEnd({ lines, sha256 }: BackupEnd, number: number, found: string): void {
  if (lines !== number - 1)
    throw wrongLine(number, 'end.lines', `must be ${number - 1}: lines are missing or too many`);
  if (sha256 !== found)
    throw wrongLine(number, 'end.sha256', `must be ${found}: the lines before were changed`);
}

/**
 * Reads an export to its end and does nothing else, so that a file is known to be whole before it is imported.
 * @returns the number of its lines @throws InvalidInput
 */
export async function checkBackup(
  lines: AsyncIterable<string>,
  onProgress: (done: number) => void = () => undefined,
): Promise<number> {
  let last = 0;
  for await (const { number } of readBackup(lines)) {
    last = number;
    if (number % 1000 === 0) onProgress(number);
  }
  onProgress(last);
  return last;
}
