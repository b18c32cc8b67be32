import { runProgram } from './run-program.js';

/** True when there is a Docker client and an engine behind it. */
export async function dockerAnswers(): Promise<boolean> {
  const run = await runProgram('docker', ['info', '--format', '{{.ServerVersion}}'], { timeoutMs: 15_000 });
  return run.found && run.exitCode === 0;
}
