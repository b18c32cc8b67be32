import { PrerequisiteMissing } from './prerequisite-missing.js';
import { runProgram } from './run-program.js';

const oldestJava = 17;

/** The text of `java -version` when a Java that can run Neo4j is on PATH, otherwise what is wrong in a few words. */
export async function findJava(): Promise<{ version: string } | { problem: string }> {
  const run = await runProgram('java', ['-version'], { timeoutMs: 20_000 });
  if (!run.found || run.exitCode !== 0) return { problem: 'Java (java) is not installed' };
  const major = Number(/version "(\d+)/.exec(run.output)?.[1] ?? Number.NaN);
  if (!(major >= oldestJava)) return { problem: `Java ${major} is too old` };
  return { version: run.output };
}

export async function hasMaven(): Promise<boolean> {
  const run = await runProgram('mvn', ['--version'], { timeoutMs: 60_000 });
  return run.found && run.exitCode === 0;
}

/** `problem` is a clause such as "Maven (mvn) is not installed". */
export function neo4jNeeds(problem: string): PrerequisiteMissing {
  return new PrerequisiteMissing(
    `${problem}: install a JDK ${oldestJava} or newer (java) and Maven (mvn), or start Docker, ` +
      'or set NEO4J_URI and NEO4J_PASSWORD to use a Neo4j that runs elsewhere.',
  );
}
