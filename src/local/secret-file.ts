import { randomBytes } from 'node:crypto';
import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

/** The secret kept in `file`, or null when there is none yet. */
export async function readSecret(file: string): Promise<string | null> {
  return existsSync(file) ? (await readFile(file, 'utf8')).trim() : null;
}

/** 192 random bits, safe in addresses and configuration files. */
export function newSecret(): string {
  return randomBytes(24).toString('base64url');
}

/** Whole or not at all, also through a power cut. */
export function keepSecret(file: string, secret: string): void {
  writeFileSync(`${file}.new`, `${secret}\n`, { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
}
