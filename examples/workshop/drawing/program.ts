import { spawnSync } from 'node:child_process';

const packages: Record<string, string> = { flite: 'flite', 'espeak-ng': 'espeak-ng', ffmpeg: 'ffmpeg' };

/**
 * Runs a program to its end and gives what it wrote to its standard output.
 * @throws Error saying what to install when the program is missing, or what it complained about
 */
export function run(program: string, args: readonly string[], input?: Buffer): Buffer {
  const done = spawnSync(program, args, { input, maxBuffer: 256 * 1024 * 1024 });
  if (done.error) {
    throw new Error(`${program} does not start; on Debian: apt-get install ${packages[program] ?? program}`, {
      cause: done.error,
    });
  }
  if (done.status !== 0) throw new Error(`${program} failed: ${done.stderr.toString('utf8').slice(-2000)}`);
  return done.stdout;
}
