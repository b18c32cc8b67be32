import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cachedFolder, defaultCacheDir } from './cache.js';
import type { InstallOptions } from './neo4j-install.js';
import { PrerequisiteMissing } from './prerequisite-missing.js';
import { runProgram } from './run-program.js';
import { serverFailed } from './server-failed.js';
import { versions } from './versions.js';

const key = `minio-${versions.minio}`;
const module = `github.com/minio/minio@${versions.minio}`;
const goLimitMs = 30 * 60_000;
const progressEveryMs = 10_000;

/** The MinIO program that this machine has, in the cache or on PATH, or null. */
export async function findMinio(cacheDir = defaultCacheDir()): Promise<string | null> {
  const cached = join(cacheDir, key, 'minio');
  if (existsSync(cached)) return cached;
  const run = await runProgram('minio', ['--version'], { timeoutMs: 20_000 });
  return run.found && run.exitCode === 0 ? 'minio' : null;
}

/** The MinIO program of this machine, built first where there is none; see installMinio. */
export async function getMinio(options: InstallOptions): Promise<string> {
  return (await findMinio(options.cacheDir)) ?? (await installMinio(options));
}

/**
 * The pinned MinIO's program, built once from source with Go (3 to 7 minutes).
 * @throws PrerequisiteMissing without Go, Unavailable when the build fails
 */
async function installMinio({ cacheDir, onProgress, signal }: InstallOptions): Promise<string> {
  const fill = async (folder: string) => {
    onProgress(`building MinIO ${versions.minio} from source (3 to 7 minutes, only once)`);
    const began = Date.now();
    const ticker = setInterval(() => onProgress(`building MinIO: ${seconds(began)}`), progressEveryMs);
    try {
      await goInstall(folder, signal);
    } finally {
      clearInterval(ticker);
    }
    onProgress(`built MinIO in ${seconds(began)}`);
  };
  return join(await cachedFolder(cacheDir ?? defaultCacheDir(), key, fill, { onProgress, signal }), 'minio');
}

/** `go install` puts programs where GOBIN says; `env` of coreutils sets it for that one process. */
async function goInstall(folder: string, signal: AbortSignal | undefined): Promise<void> {
  const run = await runProgram('env', [`GOBIN=${folder}`, 'go', 'install', module], {
    signal,
    timeoutMs: goLimitMs,
  });
  const noGo = !run.found || run.exitCode === 127;
  if (noGo) {
    throw new PrerequisiteMissing(
      'Go (go) is not installed: install Go 1.24 or newer, put a MinIO program (minio) on PATH, or start Docker.',
    );
  }
  if (run.exitCode !== 0) throw serverFailed('content', 'Go could not build MinIO', run.output);
}

const seconds = (began: number) => `${Math.round((Date.now() - began) / 1000)} s`;
