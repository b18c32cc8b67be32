import { spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
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

function start(server: 'neo4j' | 'minio', path = join(folder, 'bin')) {
  const run = spawnSync(process.execPath, [command, server, folder], {
    env: { PATH: path },
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

  const noFolders: Record<string, () => Promise<unknown>> = {
    'is not there': () => Promise.resolve(),
    'is a file': () => writeFile(join(folder, 'odd'), 'no folder'),
    'is a link in a circle': () => symlink(join(folder, 'odd'), join(folder, 'odd')),
    'is a link to nothing': () => symlink(join(folder, 'nothing'), join(folder, 'odd')),
    'is a device': () => symlink('/dev/null', join(folder, 'odd')),
    'has a folder where the program should be': () => mkdir(join(folder, 'odd', 'java'), { recursive: true }),
    'has a file that may not be run': async () => {
      await mkdir(join(folder, 'odd'));
      await writeFile(join(folder, 'odd', 'java'), '#!/bin/sh\n', { mode: 0o644 });
    },
  };
  it.each(Object.entries(noFolders))('when the only folder on PATH %s', async (_, make) => {
    await make();
    const said = `Java (java) is not installed: ${whatToInstall}`;
    expect(start('neo4j', join(folder, 'odd'))).toEqual({ exitCode: 2, said });
  });

  it('when the only folder on PATH has a longer name than there may be', () => {
    const said = 'MinIO is not installed: put its program (minio) on PATH.\n';
    expect(start('minio', `/${'x'.repeat(300)}`)).toEqual({ exitCode: 2, said });
  });

  it('while a folder on PATH that cannot be entered hides none behind it', async () => {
    await writeFile(join(folder, 'odd'), 'no folder');
    await program('java', 'openjdk version "11.0.2" 2019-01-15');
    const path = [join(folder, 'odd'), join(folder, 'bin')].join(delimiter);
    expect(start('neo4j', path)).toEqual({ exitCode: 2, said: `Java 11 is too old: ${whatToInstall}` });
  });
});
