import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../../src/package-root.js';

let root: string;

/** A small project with our launcher, inside ours, where it finds esbuild. */
beforeEach(async () => {
  const cache = join(packageRoot, 'node_modules', '.cache');
  await mkdir(cache, { recursive: true });
  root = await mkdtemp(join(cache, 'launcher-'));
  await cp(join(packageRoot, 'bin'), join(root, 'bin'), { recursive: true });
  for (const script of ['build.mjs', 'build-web.mjs', 'install-dependencies.mjs']) {
    await cp(join(packageRoot, 'scripts', script), join(root, 'scripts', script));
  }
  await put('package.json', '{"name": "small", "version": "1.0.0", "type": "module"}');
  await put(
    'package-lock.json',
    '{"name": "small", "version": "1.0.0", "lockfileVersion": 3, "packages": {}}',
  );
  await put('node_modules/.package-lock.json', '{}');
  await put('src/main.ts', `import { says } from './says.js';\nconsole.log(says, ...process.argv.slice(2));`);
  await put('src/says.ts', `export const says: string = 'first';`);
});
afterEach(() => rm(root, { recursive: true }));

async function put(file: string, text: string): Promise<void> {
  await mkdir(join(root, file, '..'), { recursive: true });
  await writeFile(join(root, file), text);
}

function launch(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'bin', 'artifact-graph.mjs'), ...args],
    {
      encoding: 'utf8',
    },
  );
  return { exitCode: status, stdout, stderr };
}

describe('the launcher', () => {
  it('runs the program with its arguments', () => {
    expect(launch('lineage', '--depth', '3')).toEqual({
      exitCode: 0,
      stdout: 'first lineage --depth 3\n',
      stderr: '',
    });
  });

  it("ends with the program's exit code", async () => {
    await put('src/main.ts', 'process.exitCode = 7;');
    expect(launch().exitCode).toBe(7);
  });

  it('bundles again only after a change', async () => {
    launch();
    const bundle = join(root, 'dist', 'main.js');
    const { mtimeMs } = await stat(bundle);
    launch();
    expect((await stat(bundle)).mtimeMs).toBe(mtimeMs);
    await put('src/says.ts', `export const says: string = 'second';`);
    expect(launch().stdout).toBe('second\n');
    await rm(join(root, 'src', 'says.ts'));
    expect(launch()).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('says.js') as unknown });
  });

  it('shows lines of the source in a stack', async () => {
    await put('src/main.ts', `\n\nthrow new Error('on line 3');`);
    expect(launch().stderr).toContain('src/main.ts:3');
  });

  it('installs dependencies when the lock file is newer', async () => {
    await put('package-lock.json', await readFile(join(root, 'package-lock.json'), 'utf8'));
    const later = new Date(Date.now() + 5_000);
    await utimes(join(root, 'package-lock.json'), later, later);
    const { exitCode, stdout, stderr } = launch();
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'first\n' });
    expect(stderr).toContain('installing dependencies');
  });
});
