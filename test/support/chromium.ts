import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium, type Browser } from 'playwright-core';
import { withFileLock } from '../../src/local/file-lock.js';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * A headless Chromium: that of CHROMIUM (a path), else one on PATH, else the one inside @sparticuz/chromium.
 * @throws Error with one sentence on a machine where none of them runs
 */
export async function openChromium(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM ?? (await onPath()) ?? (await packaged());
  return chromium.launch({ executablePath, args: flags });
}

async function onPath(): Promise<string | undefined> {
  for (const name of ['chromium', 'google-chrome']) {
    const found = await promisify(execFile)('which', [name]).catch(() => null);
    if (found) return found.stdout.trim();
  }
  return undefined;
}

async function packaged(): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error(
      'Install Chromium or Google Chrome, or set CHROMIUM to its path: the browser tests need it.',
    );
  // Makes the package unpack its own nss libraries, for machines that have none.
  process.env.AWS_LAMBDA_JS_RUNTIME ??= 'nodejs20.x';
  const { default: packed } = await import('@sparticuz/chromium');
  // It unpacks into the folder for temporary files: two workers at once would write and run the same file.
  const lock = join(tmpdir(), 'chromium.lock');
  return withFileLock(lock, {}, async () => {
    const path = await packed.executablePath();
    process.env.FONTCONFIG_FILE = await nameFonts();
    return path;
  });
}

/**
 * The package's own settings look for its fonts in /tmp only, and Chromium ends where it finds none.
 * @returns the path of settings that name them where they are, and those of the machine
 */
async function nameFonts(): Promise<string> {
  const settings = join(tmpdir(), 'fonts.conf');
  const folders = [join(tmpdir(), 'fonts'), '/usr/share/fonts'].map((folder) => `<dir>${folder}</dir>`);
  const cache = `<cachedir>${join(tmpdir(), 'fonts-cache')}</cachedir>`;
  await writeFile(settings, `<?xml version="1.0"?><fontconfig>${folders.join('')}${cache}</fontconfig>\n`);
  return settings;
}
