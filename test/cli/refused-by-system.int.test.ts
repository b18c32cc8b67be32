import { once } from 'node:events';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { CommandLine } from './run-command.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'artifact-graph-refused-'));
  await writeFile(join(folder, 'file'), '');
  await symlink(join(folder, 'circle'), join(folder, 'circle'));
  await symlink(join(folder, 'file'), join(folder, 'link'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('what the system refuses is told in one sentence', () => {
  it.each([
    ['is a file', 'file', 'a part of its path is no folder'],
    ['is a link to a file', 'link', 'a part of its path is no folder'],
    ['lies below a file', 'file/data', 'a part of its path is no folder'],
    ['is a link in a circle', 'circle', 'its links lead in a circle'],
    ['has too long a name', 'x'.repeat(300), 'its name is too long'],
  ])('when DATA_DIR %s', async (_, name, reason) => {
    const path = join(folder, name);
    const { code, stdout, stderr } = await CommandLine.ofFolder(path).run('lineage', 'x');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe(`${join(path, 'neo4j')} cannot be used (mkdir): ${reason}\n`);
  });

  it('when somebody else has the port', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const line = CommandLine.inBucket('command-line-refused', join(folder, 'data'));
    const child = line.start(['serve'], { PORT: String(port) });
    const [stderr] = await Promise.all([text(child.stderr), once(child, 'close')]);
    other.close();
    expect([child.exitCode, stderr]).toEqual([
      1,
      `127.0.0.1:${port} cannot be used (listen): another program uses it\n`,
    ]);
  });

  it.each([
    ['whereis', 'a folder', () => ['whereis', folder]],
    ['whereis', 'a link in a circle', () => ['whereis', join(folder, 'circle')]],
    ['cypher', 'a folder', () => ['cypher', folder]],
    ['import', 'a folder', () => ['import', folder]],
    ['import', 'a file below a file', () => ['import', join(folder, 'file', 'backup')]],
    ['export', 'a file below a file', () => ['export', join(folder, 'file', 'backup')]],
    ['legacy status', 'a folder', () => ['legacy', 'status', folder]],
    ['legacy import', 'an empty file', () => ['legacy', 'import', join(folder, 'file')]],
    ['content copy', 'a file', () => ['content', 'copy', '--to-folder', join(folder, 'file')]],
  ])('by %s of %s', async (_command, _what, args) => {
    const line = CommandLine.inBucket('command-line-refused', join(folder, 'data'));
    const { code, stdout, stderr } = await line.run(...args());
    expect(stdout).toBe('');
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stderr).toContain(folder);
    expect([1, 2]).toContain(code);
  });
});
