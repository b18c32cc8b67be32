import { spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleCommand } from './bundle-command.js';

let command: string;
let folder: string;

beforeAll(async () => {
  command = await bundleCommand(new URL('./start-command.ts', import.meta.url));
});
afterAll(() => rm(command));

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prerequisites-'));
  await mkdir(join(folder, 'bin'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A program of the machine that the command finds itself on. */
async function program(name: string, prints: string): Promise<void> {
  await writeFile(join(folder, 'bin', name), `#!/bin/sh\necho '${prints}'\n`);
  await chmod(join(folder, 'bin', name), 0o755);
}

function start(server: 'neo4j' | 'minio') {
  const run = spawnSync(process.execPath, [command, server, folder], {
    env: { PATH: join(folder, 'bin') },
    encoding: 'utf8',
  });
  return { exitCode: run.status, said: run.stderr };
}

const whatToInstall =
  'install a JDK 17 or newer (java) and Maven (mvn), or start Docker, or set NEO4J_URI and NEO4J_PASSWORD to use a Neo4j that runs elsewhere.\n';

describe('what a machine must have is said in one sentence', () => {
  it('when Java is missing', () => {
    expect(start('neo4j')).toEqual({ exitCode: 2, said: `Java (java) is not installed: ${whatToInstall}` });
  });

  it('when Java is too old', async () => {
    await program('java', 'openjdk version "11.0.2" 2019-01-15');
    expect(start('neo4j')).toEqual({ exitCode: 2, said: `Java 11 is too old: ${whatToInstall}` });
  });

  it('when Maven is missing and Neo4j is not fetched yet', async () => {
    await program('java', 'openjdk version "17.0.15" 2025-04-15');
    const said = `Maven (mvn), which fetches Neo4j once, is not installed: ${whatToInstall}`;
    expect(start('neo4j')).toEqual({ exitCode: 2, said });
  });

  it('when MinIO is missing', () => {
    const said = 'MinIO is not installed: put its program (minio) on PATH.\n';
    expect(start('minio')).toEqual({ exitCode: 2, said });
  });
});
