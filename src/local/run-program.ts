import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { codeOf } from '../errors.js';

export interface ProgramOptions {
  cwd?: string;
  /** Called with each line of both outputs, as it comes. */
  onLine?: (line: string) => void;
  timeoutMs: number;
  signal?: AbortSignal | undefined;
}

export type ProgramEnd = { found: false } | { found: true; exitCode: number | null; output: string };

/** Not there, or behind a folder of PATH that cannot be entered, or not a program that this user may run. */
const absent = new Set(['ENOENT', 'EACCES', 'EPERM', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG', 'ENOEXEC']);

/**
 * Runs a program to its end, without input. `found: false` when PATH has no such program that may be run; `exitCode` null when
 * it was killed, by `timeoutMs` among others.
 * @throws AbortError when `signal` fires
 */
export async function runProgram(
  command: string,
  args: string[],
  options: ProgramOptions,
): Promise<ProgramEnd> {
  try {
    return await runToItsEnd(command, args, options);
  } catch (error) {
    // Thrown or emitted, as Node does with one code or another.
    if (absent.has(codeOf(error) ?? '')) return { found: false };
    throw error;
  }
}

function runToItsEnd(command: string, args: string[], options: ProgramOptions): Promise<ProgramEnd> {
  const { cwd, onLine, timeoutMs, signal } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], signal });
    // Not spawn's own `timeout`: its timer outlives a program that was not found.
    const timer = setTimeout(() => child.kill(), timeoutMs);
    const lines: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line);
        onLine?.(line);
      });
    }
    child.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.once('close', (exitCode) => {
      clearTimeout(timer);
      resolve({ found: true, exitCode, output: lines.join('\n') });
    });
  });
}
